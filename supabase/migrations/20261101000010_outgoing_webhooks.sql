-- Outgoing webhooks: if a user has given a URL for a prediction, the changes of the prediction are sent to this URL.

-- Each row is a change that must still be sent, called an event. It is deleted when its receiver has accepted it, or after a day.
-- The events of a prediction are sent one after another, in the order of `position`.
create table public.webhook_events (
  id uuid primary key default gen_random_uuid(),
  position bigint generated always as identity,
  prediction_id uuid not null references public.predictions (id) on delete cascade,
  user_id uuid not null references auth.users (id) on delete cascade,
  -- The host to which the event is sent, with its port if there is one.
  host text not null,
  -- `progress`: new logs, new output, or both.
  kind text not null check (kind in ('start', 'progress', 'completed')),
  -- The prediction's status, output, logs and other columns that can change, as they were at the time of the event. This is
  -- json, because jsonb would change the order of the keys of the output.
  state json not null,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  -- Set while a server sends the event, at most until lease_until.
  lease_token uuid,
  lease_until timestamptz,
  created_at timestamptz not null default now()
);

comment on table public.webhook_events is 'Changes of predictions that must still be sent to the webhooks of their users.';

create index webhook_events_order on public.webhook_events (prediction_id, position);
create index webhook_events_due on public.webhook_events (user_id, host, due_at);
create index webhook_events_old on public.webhook_events (created_at);

alter table public.webhook_events enable row level security;

revoke all on public.webhook_events from anon, authenticated, public;
grant all on public.webhook_events to service_role;

-- Adds an event of a prediction. But if there is new progress, and the latest event has the kind `progress` and no server has
-- tried to send it, that event is updated instead. So a prediction has few events, even if it changes often or if its receiver
-- is slow. A new event of the kind `progress` is sent after 500 ms at the earliest.
create function public.add_webhook_event(p_kind text, p_row public.predictions)
returns void language plpgsql set search_path = '' as $$
declare
  new_state constant json := json_build_object(
    'status', p_row.status, 'error', p_row.error, 'logs', p_row.logs, 'output', p_row.output, 'output_cut', p_row.output_cut,
    'links', p_row.links, 'metrics', p_row.metrics, 'started_at', p_row.started_at, 'completed_at', p_row.completed_at);
  pause constant interval := case p_kind when 'progress' then interval '500 milliseconds' else '0' end;
  latest record;
begin
  select id, due_at into latest from public.webhook_events
  where prediction_id = p_row.id order by position desc limit 1;
  if p_kind = 'progress' then
    update public.webhook_events set state = new_state
    where id = latest.id and kind = 'progress' and attempts = 0 and lease_token is null;
    if found then return; end if;
  end if;
  insert into public.webhook_events (prediction_id, user_id, host, kind, state, due_at)
  values (
    p_row.id, p_row.user_id, split_part(p_row.webhook, '/', 3), p_kind, new_state, greatest(now() + pause, latest.due_at));
end;
$$;

-- After a change of a prediction, adds its events, in the same transaction: `start` when the model begins to run, `progress`
-- when there is new output or there are new logs, and `completed` when the prediction ends. One change may have all three
-- events. In this case, `start` and `progress` describe the prediction as it was just before its end.
-- If a provisional status is replaced by another final status, `completed` is sent again.
create function public.on_prediction_changed()
returns trigger language plpgsql set search_path = '' as $$
declare
  wanted constant text[] := coalesce(new.webhook_events, array['start', 'output', 'logs', 'completed']);
  has_ended constant boolean := new.status in ('succeeded', 'failed', 'canceled', 'aborted');
  running public.predictions := new;
  started public.predictions;
begin
  if has_ended then
    running.status := 'processing';
    running.error := null;
    running.metrics := null;
    running.completed_at := null;
  end if;
  if 'start' = any (wanted) and old.status in ('queued', 'starting')
    and (new.status = 'processing' or (new.status in ('succeeded', 'failed') and new.started_at is not null))
  then
    started := running;
    started.logs := '';
    started.output := null;
    perform public.add_webhook_event('start', started);
  end if;
  if ('output' = any (wanted) and new.output::text is distinct from old.output::text)
    or ('logs' = any (wanted) and new.logs <> old.logs)
  then
    perform public.add_webhook_event('progress', running);
  end if;
  if has_ended and new.status <> old.status then
    -- The prediction has ended, so there is no further progress. The latest `progress` event becomes due now.
    update public.webhook_events set due_at = now()
    where prediction_id = new.id and kind = 'progress' and attempts = 0 and due_at > now();
    if 'completed' = any (wanted) then perform public.add_webhook_event('completed', new); end if;
  end if;
  return null;
end;
$$;

-- After a prediction has ended, it changes only because its files are saved. Such changes are not sent.
create trigger predictions_changed after update on public.predictions
  for each row when (
    new.webhook is not null and (old.provisional or old.status in ('queued', 'starting', 'processing')))
  execute function public.on_prediction_changed();

-- Leases at most p_limit events that are due, and returns each with its prediction. An event is leased only when the events
-- before it, of the same prediction, were deleted. For each user and host, at most p_per_receiver events are leased at a time,
-- so a slow host delays only events to this host. Due events of different users are leased in turn. Events of blocked users
-- wait.
create function public.claim_webhook_events(p_limit integer, p_per_receiver integer, p_lease_seconds double precision)
returns table (id uuid, lease_token uuid, attempts integer, prediction json, state json)
language plpgsql set search_path = '' as $$
begin
  -- Only one server claims events at a time, so that all servers together do not exceed p_per_receiver.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('webhook_events', 0));
  delete from public.webhook_events where webhook_events.id in (
    select event.id from public.webhook_events event
    where event.created_at < now() - interval '1 day' and (event.lease_until is null or event.lease_until < now())
    for update skip locked);
  return query
    with receivers as (
      select event.user_id, event.host, count(*) filter (where event.lease_until >= now()) as sending
      from public.webhook_events event where event.due_at <= now() group by event.user_id, event.host
    ), waiting as (
      select next.id, next.due_at,
        row_number() over (partition by receiver.user_id order by receiver.sending, next.due_at, next.position) as turn
      from receivers receiver cross join lateral (
        select event.id, event.due_at, event.position from public.webhook_events event
        where event.user_id = receiver.user_id and event.host = receiver.host and event.due_at <= now()
          and (event.lease_until is null or event.lease_until < now())
          and not exists (
            select from public.webhook_events earlier
            where earlier.prediction_id = event.prediction_id and earlier.position < event.position)
        order by event.due_at, event.position limit greatest(0, p_per_receiver - receiver.sending)
      ) next
      where not exists (
        select from public.user_limits limits where limits.user_id = receiver.user_id and limits.blocked_at is not null)
    ), claimed as (
      update public.webhook_events event
      set lease_token = gen_random_uuid(), lease_until = now() + make_interval(secs => p_lease_seconds)
      where event.id in (
        select free.id from public.webhook_events free
        where free.id in (select waiting.id from waiting order by waiting.turn, waiting.due_at limit p_limit)
        for update skip locked)
      returning event.id, event.prediction_id, event.lease_token, event.attempts, event.state
    )
    select claimed.id, claimed.lease_token, claimed.attempts, row_to_json(whole), claimed.state
    from claimed join public.predictions whole on whole.id = claimed.prediction_id;
end;
$$;

-- Releases the lease of an event that could not be sent. The event is due again after a pause: at first p_first_pause_seconds,
-- then twice as long each time, but at most p_longest_pause_seconds. Up to a fifth is added at random. The later events of the
-- same prediction wait for this event.
create function public.retry_webhook_event(
  p_id uuid, p_lease uuid, p_first_pause_seconds double precision, p_longest_pause_seconds double precision)
returns void language sql set search_path = '' as $$
  with released as (
    update public.webhook_events
    set attempts = attempts + 1, lease_token = null, lease_until = null,
        due_at = now() + make_interval(
          secs => least(p_longest_pause_seconds, p_first_pause_seconds * 2 ^ attempts) * (1 + random() / 5))
    where id = p_id and lease_token = p_lease returning prediction_id, position, due_at
  )
  update public.webhook_events later set due_at = released.due_at from released
  where later.prediction_id = released.prediction_id and later.position > released.position;
$$;

-- Whether webhooks of a user may be sent to this URL. Returns false if the URL has a new host, and the user's running
-- predictions and unsent events already have ten hosts. So no user can make this server send requests to thousands of hosts.
-- start_prediction calls this function after it has locked the user.
create function public.may_use_receiver(p_user uuid, p_webhook text)
returns boolean language sql stable set search_path = '' as $$
  select count(*) < 10 from (
    select host from public.webhook_events where user_id = p_user
    union
    select split_part(webhook, '/', 3) from public.predictions
    where user_id = p_user and webhook is not null and status in ('queued', 'starting', 'processing')
  ) used where host <> split_part(p_webhook, '/', 3);
$$;

revoke execute on function
  public.add_webhook_event, public.on_prediction_changed, public.claim_webhook_events, public.retry_webhook_event,
  public.may_use_receiver
from public, anon, authenticated;

grant execute on function
  public.add_webhook_event, public.claim_webhook_events, public.retry_webhook_event, public.may_use_receiver
to service_role;
