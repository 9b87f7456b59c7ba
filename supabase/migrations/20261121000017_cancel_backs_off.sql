-- A cancel that Replicate answers with "processing" is repeated at growing distances.

-- Applies what is known of Replicate's prediction. Monotone: a status only moves forward, a terminal one never changes,
-- logs only grow, a replicate_id is set once, and what is said without it no longer counts then. What never started is given back to the day's usage.
create or replace function public.apply_prediction(p_id uuid, p_lease uuid, p_update jsonb, p_next_in double precision)
returns setof public.predictions language plpgsql set search_path = '' as $$
declare
  ranks constant jsonb := '{"queued":0,"starting":1,"processing":2,"succeeded":3,"failed":3,"canceled":3,"aborted":3}';
  before public.predictions;
  after public.predictions;
begin
  select * into before from public.predictions where id = p_id for update;
  if not found then return; end if;

  if (ranks ->> before.status)::int = 3
    or (ranks ->> (p_update ->> 'status'))::int < (ranks ->> before.status)::int
    or (before.replicate_id is not null and before.replicate_id is distinct from p_update ->> 'replicate_id')
    or exists (select from public.predictions where replicate_id = p_update ->> 'replicate_id' and id <> p_id)
  then
    update public.predictions
    set lease_token = null, lease_until = null,
        next_at = case when (ranks ->> before.status)::int < 3 then now() + make_interval(secs => p_next_in) else next_at end
    where id = p_id and lease_token = p_lease;
    return query select * from public.predictions where id = p_id;
    return;
  end if;

  after := before;
  after.status := p_update ->> 'status';
  after.replicate_id := coalesce(before.replicate_id, p_update ->> 'replicate_id');
  after.logs := case when length(p_update ->> 'logs') >= length(before.logs) then p_update ->> 'logs' else before.logs end;
  after.progress := greatest(before.progress, (p_update ->> 'progress')::real);
  after.output := coalesce(nullif(p_update -> 'output', 'null'), before.output);
  after.metrics := coalesce(nullif(p_update -> 'metrics', 'null'), before.metrics);
  after.error := p_update ->> 'error';
  after.error_code := p_update ->> 'error_code';
  after.started_at := coalesce(before.started_at, (p_update ->> 'started_at')::timestamptz);

  if (ranks ->> after.status)::int = 3 then
    after.completed_at := coalesce((p_update ->> 'completed_at')::timestamptz, now());
    if after.status = 'succeeded' then
      after.output_expires_at := after.completed_at + interval '1 hour';
      -- Whoever waits for the picture fetches it now; the copy has an hour, and gives way.
      after.next_at := now() + interval '300 milliseconds';
      after.attempts := 0;
    else
      after.next_at := null;
      if after.started_at is null then
        perform public.use_images(before.user_id, (before.created_at at time zone 'utc')::date, -before.image_count);
      end if;
    end if;
    after.lease_token := null;
    after.lease_until := null;
  else
    after.next_at := case
      when before.cancel_requested_at is null then now() + make_interval(secs => coalesce(p_next_in, 20))
      -- A wish that Replicate cannot have heard yet must not wait for the next regular look.
      when before.replicate_id is null then now() + interval '500 milliseconds'
      -- Whoever holds the lease has just told Replicate: each time half as long again.
      when before.lease_token = p_lease then
        now() + make_interval(secs => least(20, greatest(0.5, extract(epoch from now() - before.cancel_requested_at) / 2)))
      -- Other news does not put it off.
      else before.next_at
    end;
    if before.lease_token = p_lease then
      after.lease_token := null;
      after.lease_until := null;
    end if;
  end if;

  if (after.status, after.replicate_id, after.logs, after.progress, after.output, after.error, after.started_at)
    is distinct from (before.status, before.replicate_id, before.logs, before.progress, before.output, before.error, before.started_at)
  then
    after.revision := before.revision + 1;
  end if;

  return query
    update public.predictions set
      status = after.status, replicate_id = after.replicate_id, logs = after.logs, progress = after.progress,
      output = after.output, metrics = after.metrics, error = after.error, error_code = after.error_code,
      started_at = after.started_at, completed_at = after.completed_at, output_expires_at = after.output_expires_at,
      next_at = after.next_at, attempts = after.attempts, lease_token = after.lease_token, lease_until = after.lease_until,
      revision = after.revision
    where id = p_id returning *;
end;
$$;

-- Asks for a cancel. A queued prediction that never left ends here and now; Replicate must hear of any other, at once of the
-- first wish: who wishes again and again has it hear of them no more often.
create or replace function public.request_cancel(p_id uuid, p_user uuid)
returns setof public.predictions language plpgsql set search_path = '' as $$
declare
  waiting public.predictions;
begin
  update public.predictions
  set cancel_requested_at = coalesce(cancel_requested_at, now()),
      next_at = case when cancel_requested_at is null then least(next_at, now()) else next_at end
  where id = p_id and user_id = p_user and status in ('queued', 'starting', 'processing')
  returning * into waiting;
  if waiting.status = 'queued' and waiting.sent_at is null then
    return query select * from public.apply_prediction(p_id, waiting.lease_token, '{"status":"canceled"}', null);
  else
    return query select * from public.predictions where id = p_id and user_id = p_user;
  end if;
end;
$$;

revoke execute on function public.apply_prediction, public.request_cancel from public, anon, authenticated;
grant execute on function public.apply_prediction, public.request_cancel to service_role;
