-- What must be atomic about a prediction. Only the server (service role) may call these. Times are the database's alone.

-- Admits a prediction: idempotency, limits and the row in one transaction.
-- A limit of null is no limit. The row comes leased to the caller, who sends the create request.
create function public.start_prediction(
  p_user uuid, p_key text, p_hash text, p_model text, p_version text, p_tool text, p_parent uuid, p_input jsonb,
  p_images integer, p_user_limit integer, p_total_limit integer, p_in_flight_limit integer, p_lease_seconds double precision
) returns jsonb language plpgsql set search_path = '' as $$
declare
  today date := (now() at time zone 'utc')::date;
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  found_row public.predictions;
begin
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(p_user::text, 0));

  select * into found_row from public.predictions where user_id = p_user and idempotency_key = p_key;
  if found then
    return jsonb_build_object(
      'outcome', case when found_row.request_hash = p_hash then 'replayed' else 'mismatch' end,
      'prediction', to_jsonb(found_row));
  end if;

  if p_in_flight_limit <= (
    select count(*) from public.predictions
    where user_id = p_user and status in ('queued', 'starting', 'processing')
  ) then
    return jsonb_build_object('outcome', 'in_flight_limit');
  end if;

  if p_user_limit < p_images + coalesce((select used from public.usage_daily where user_id = p_user and day = today), 0) then
    return jsonb_build_object('outcome', 'quota_exceeded');
  end if;

  if p_total_limit is not null then
    -- The total's row is the one lock that all users share: always taken before a user's own, and held shortly.
    insert into public.usage_daily (user_id, day) values (nobody, today) on conflict do nothing;
    if p_total_limit < p_images + (select used from public.usage_daily where user_id = nobody and day = today for update) then
      return jsonb_build_object('outcome', 'spend_cap');
    end if;
  end if;

  perform public.use_images(p_user, today, p_images);
  insert into public.predictions
    (user_id, idempotency_key, request_hash, model, version, tool, parent_image_id, input, image_count, lease_token, lease_until)
  values
    (p_user, p_key, p_hash, p_model, p_version, p_tool, p_parent, p_input, p_images,
     gen_random_uuid(), now() + make_interval(secs => p_lease_seconds))
  returning * into found_row;
  return jsonb_build_object('outcome', 'created', 'prediction', to_jsonb(found_row));
end;
$$;

-- The rows that are due and free, the longest due first.
create function public.due_predictions(p_limit integer)
returns setof uuid language sql stable set search_path = '' as $$
  select id from public.predictions
  where next_at <= now() and (lease_until is null or lease_until < now())
  order by next_at limit p_limit;
$$;

-- Leases a row that is due to one caller. No row: it is not due, or somebody else has it.
create function public.claim_prediction(p_id uuid, p_lease_seconds double precision)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => p_lease_seconds)
  where id = (
    select id from public.predictions
    where id = p_id and next_at <= now() and (lease_until is null or lease_until < now())
    for update skip locked
  )
  returning *;
$$;

-- Notes, before a queued create request leaves, that it leaves. False: the lease was lost, do not send.
create function public.mark_sent(p_id uuid, p_lease uuid)
returns boolean language plpgsql set search_path = '' as $$
begin
  update public.predictions set sent_at = now()
  where id = p_id and lease_token = p_lease and lease_until > now() and sent_at is null and replicate_id is null
    and status = 'queued' and cancel_requested_at is null;
  return found;
end;
$$;

-- Puts a prediction, which Replicate said was one too many, into the queue.
create function public.queue_prediction(p_id uuid, p_lease uuid, p_next_in double precision)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set status = 'queued', sent_at = null, next_at = now() + make_interval(secs => p_next_in),
      attempts = attempts + 1, revision = revision + 1, lease_token = null, lease_until = null
  where id = p_id and lease_token = p_lease and replicate_id is null and status in ('queued', 'starting')
  returning *;
$$;

-- Applies what is known of Replicate's prediction. Monotone: a status only moves forward, a terminal one never changes,
-- logs only grow, a replicate_id is set once, and what is said without it no longer counts then. What never started is given back to the day's usage.
create function public.apply_prediction(p_id uuid, p_lease uuid, p_update jsonb, p_next_in double precision)
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
    -- A wish to cancel that Replicate has not heard yet must not wait for the next regular look.
    after.next_at := now() + make_interval(secs => case when before.cancel_requested_at is null then coalesce(p_next_in, 20) else 0.5 end);
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

-- Gives the lease back and says when to look again; null: nothing is left to do.
create function public.release_prediction(p_id uuid, p_lease uuid, p_next_in double precision, p_save_error text)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set lease_token = null, lease_until = null, attempts = attempts + 1,
      next_at = now() + make_interval(secs => p_next_in), save_error = p_save_error,
      revision = revision + (save_error is distinct from p_save_error or p_next_in is null)::int
  where id = p_id and lease_token = p_lease
  returning *;
$$;

-- Asks for a cancel. A queued prediction that never left ends here and now; Replicate must hear of any other.
create function public.request_cancel(p_id uuid, p_user uuid)
returns setof public.predictions language plpgsql set search_path = '' as $$
declare
  waiting public.predictions;
begin
  update public.predictions set cancel_requested_at = coalesce(cancel_requested_at, now()), next_at = least(next_at, now())
  where id = p_id and user_id = p_user and status in ('queued', 'starting', 'processing')
  returning * into waiting;
  if waiting.status = 'queued' and waiting.sent_at is null then
    return query select * from public.apply_prediction(p_id, waiting.lease_token, '{"status":"canceled"}', null);
  else
    return query select * from public.predictions where id = p_id and user_id = p_user;
  end if;
end;
$$;

-- Records a kept file, once. The answer is the file's row, whether it is new or was there.
create function public.keep_image(p_prediction uuid, p_image jsonb)
returns setof public.sdxl_images language plpgsql set search_path = '' as $$
begin
  insert into public.sdxl_images
    (user_id, prediction_id, position, prompt, model, input, seed, storage_path, content_type, width, height, bytes, sha256,
     source_url, parent_image_id)
  select
    p.user_id, p.id, (p_image ->> 'position')::int, coalesce(p.input ->> 'prompt', ''), p.model, p.input,
    (p_image ->> 'seed')::bigint, p_image ->> 'storage_path', p_image ->> 'content_type', (p_image ->> 'width')::int,
    (p_image ->> 'height')::int, (p_image ->> 'bytes')::bigint, p_image ->> 'sha256', p_image ->> 'source_url',
    (select id from public.sdxl_images where id = p.parent_image_id and user_id = p.user_id)
  from public.predictions p where p.id = p_prediction
  on conflict (prediction_id, position) do nothing;
  if found then
    update public.predictions set revision = revision + 1 where id = p_prediction;
  end if;
  return query
    select * from public.sdxl_images where prediction_id = p_prediction and position = (p_image ->> 'position')::int;
end;
$$;

-- Says that every file is kept: only the lease's holder may, and only when it is so.
create function public.finish_saving(p_id uuid, p_lease uuid, p_files integer)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set saved_at = now(), save_error = null, next_at = null, lease_token = null, lease_until = null, revision = revision + 1
  where id = p_id and lease_token = p_lease and status = 'succeeded' and saved_at is null
    and p_files > 0 and p_files = (select count(*) from public.sdxl_images where prediction_id = p_id)
  returning *;
$$;

-- How long this model usually takes from the create that Replicate accepted to its end (s): the median of its last twenty. Null: nothing known.
create function public.typical_seconds(p_model text)
returns double precision language sql stable set search_path = '' as $$
  select percentile_cont(0.5) within group (order by extract(epoch from completed_at - sent_at))
  from (
    select sent_at, completed_at from public.predictions
    where model = p_model and status = 'succeeded' order by completed_at desc limit 20
  ) recent;
$$;

revoke execute on function
  public.start_prediction, public.due_predictions, public.claim_prediction, public.mark_sent, public.queue_prediction, public.apply_prediction,
  public.release_prediction, public.request_cancel, public.keep_image, public.finish_saving, public.typical_seconds
from public, anon, authenticated;

grant execute on function
  public.start_prediction, public.due_predictions, public.claim_prediction, public.mark_sent, public.queue_prediction, public.apply_prediction,
  public.release_prediction, public.request_cancel, public.keep_image, public.finish_saving, public.typical_seconds
to service_role;
