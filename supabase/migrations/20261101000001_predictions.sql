-- Predictions. The row of a prediction is inserted before its create request is sent to Replicate. Leases and due times use
-- only the clock of the database, so a wrong clock of a server does not affect them.
--
-- Until the first release, a change of the schema is made in these files, without a new migration. After such a change, the
-- sandbox deletes its local data.

create table public.predictions (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  replicate_id text unique,
  idempotency_key text not null,
  request_hash text not null,

  model text not null,
  version text,
  tool text,
  parent_image_id uuid,
  input jsonb not null,
  -- The number of requested images. Zero for text and audio.
  image_count integer not null default 1 check (image_count >= 0),
  -- How many images of this prediction are now included in the daily usage.
  counted_images integer not null default 0 check (counted_images >= 0),
  -- The highest possible cost of the run, in US dollars.
  max_usd numeric not null default 0 check (max_usd >= 0),
  -- The prices from which cost_of_run calculates the cost of the run. Null: the prices are not known.
  price jsonb,
  -- How many US dollars of this prediction are now included in the daily usage: its cost or, until the cost is known, max_usd.
  counted_usd numeric not null default 0 check (counted_usd >= 0),
  -- What the run has cost, in US dollars. Null: the cost is not known, or not known yet.
  cost_usd numeric check (cost_usd >= 0),
  cost_basis text check (cost_basis in ('price', 'time', 'estimate', 'unknown', 'not_run')),

  status text not null default 'starting'
    check (status in ('queued', 'starting', 'processing', 'succeeded', 'failed', 'canceled', 'aborted')),
  -- True: this app has set the status to `failed`, because Replicate gave no usable response. A later status from Replicate
  -- replaces this status.
  provisional boolean not null default false,
  error text,
  error_code text,
  logs text not null default '',
  progress real check (progress between 0 and 1),
  -- Replicate's output. Its type is json, because jsonb would change the order of the keys, and so the order of the files.
  output json,
  -- True: a part of the output is missing in this row, because the output was too large.
  output_cut boolean not null default false,
  -- The URLs in the output that are only text. All other URLs in the output are files.
  links jsonb not null default '[]',
  -- How many files the output has.
  file_count integer not null default 0 check (file_count >= 0),
  metrics jsonb,
  -- Replicate deletes the output files at this time.
  output_expires_at timestamptz,
  saved_at timestamptz,
  save_error text,
  -- True: the user asked to save all files, however many the model returned.
  save_all boolean not null default false,
  -- The deleted files of the output, as `{position: id of the media}`. Deleted files are not shown and not saved again.
  deleted_images jsonb not null default '{}',
  -- For the filter of the history page. `saved`: the whole output is saved. `failed` includes succeeded predictions whose
  -- output is not fully saved and is not tried again.
  outcome text generated always as (
    case
      when status in ('queued', 'starting', 'processing') then 'running'
      when status in ('canceled', 'aborted') then 'canceled'
      when status = 'failed' then 'failed'
      when saved_at is not null then 'saved'
      when save_error is null or save_error = 'retrying' then 'running'
      else 'failed'
    end
  ) stored,

  -- Set before the create request is sent. Null: the request must still be sent. If sent_at is set and replicate_id is null,
  -- Replicate may or may not have received the request.
  sent_at timestamptz default now(),
  cancel_requested_at timestamptz,
  -- The time by which the prediction must end, if its client has set one. Null: only the time limit of every run applies.
  deadline timestamptz(3), -- in ms, as created_at
  -- Whether the version makes text piece by piece, so that the output can be streamed.
  streams boolean not null default false,
  -- The URL to which changes of the prediction are sent, normalized by `new URL`. Null: the changes are not sent.
  webhook text check (webhook like 'http%://%/%'),
  -- The kinds of changes to send to the URL in `webhook`. Null: all kinds.
  webhook_events text[] check (webhook_events <@ array['start', 'output', 'logs', 'completed']),
  -- Only the server that has the lease sends, polls or saves the prediction. But a webhook may update the row at any time. The
  -- lease ends at lease_until.
  lease_token uuid,
  lease_until timestamptz,
  attempts integer not null default 0,
  -- How many of Replicate's responses in a row could not be understood.
  unreadable_responses integer not null default 0,
  -- When a server must next work on the row. Null: no work is left.
  next_at timestamptz default now(),
  -- Increases with every change that the user can see, except the progress and the logs. It is part of the ETag in the API.
  revision integer not null default 1,

  created_at timestamptz(3) not null default now(), -- in ms, because cursors contain ms
  started_at timestamptz,
  completed_at timestamptz,
  unique (user_id, idempotency_key)
);

comment on table public.predictions is 'The state of each prediction at Replicate, and whether its files are saved.';

create index predictions_history on public.predictions (user_id, created_at desc, id desc);
create index predictions_history_outcome on public.predictions (user_id, outcome, created_at desc, id desc);
create index predictions_history_model on public.predictions (user_id, model, created_at desc, id desc);
-- For the search for the model of a version: see lib/models/find-version.ts.
create index predictions_version on public.predictions (version) where version is not null;
create index predictions_running on public.predictions (user_id)
  where status in ('queued', 'starting', 'processing') or (status = 'succeeded' and next_at is not null);
create index predictions_due on public.predictions (next_at) where next_at is not null;
create index predictions_durations on public.predictions (model, completed_at desc) where status = 'succeeded';

alter table public.predictions enable row level security;

create policy "Owners read their predictions" on public.predictions
  for select to authenticated using ((select auth.uid()) = user_id);

revoke all on public.predictions from anon, authenticated, public;
grant select on public.predictions to authenticated;
grant all on public.predictions to service_role;

create table public.heartbeats (
  name text primary key,
  beat_at timestamptz not null default now()
);

comment on table public.heartbeats is 'When a server last did regular work, such as the sweep.';

alter table public.heartbeats enable row level security;

revoke all on public.heartbeats from anon, authenticated, public;
grant all on public.heartbeats to service_role;

-- A request that Replicate rejected with 429 is sent again at a time of its own, its turn (see take_turn). This table has a row
-- for each kind of request, with the latest turn. All servers share it, because Replicate's limits apply to the account.
create table public.replicate_queue (
  kind text primary key, -- 'create' or 'poll'
  last_turn_at timestamptz not null
);

comment on table public.replicate_queue is
  'For each kind of request: the latest turn, which is the time at which a request may be sent.';

alter table public.replicate_queue enable row level security;

revoke all on public.replicate_queue from anon, authenticated, public;
grant all on public.replicate_queue to service_role;

-- Gives a turn to a request that Replicate rejected with 429. Returns the time of this turn, at which the request may be sent
-- again: p_wait seconds from now, or later if other requests have the turns before. p_wait is limited to one minute for a poll
-- and to five minutes for a create request, so that one request with a long p_wait does not delay all others for longer.
-- Turns are 110 ms apart. Replicate allows 600 create requests a minute, one in 100 ms, and more requests of other kinds. With
-- turns 100 ms apart, a request that arrives a moment early would be rejected again.
-- The turn also comes after the last turn of the other kind, because both kinds together must not be too fast. But that last
-- turn delays this turn by at most ten seconds. If that last turn is further in the future, the reason may be a limit that
-- applies only to the other kind.
create function public.take_turn(p_kind text, p_wait double precision)
returns timestamptz language sql set search_path = '' as $$
  insert into public.replicate_queue as queue (kind, last_turn_at)
  values (p_kind, greatest(
    now() + make_interval(secs => least(p_wait, case p_kind when 'poll' then 60 else 300 end)),
    (select least(last_turn_at + interval '110 milliseconds', now() + interval '10 seconds')
     from public.replicate_queue where kind = case p_kind when 'poll' then 'create' else 'poll' end)))
  on conflict (kind) do update
  set last_turn_at = greatest(excluded.last_turn_at, queue.last_turn_at + interval '110 milliseconds')
  returning last_turn_at;
$$;

-- Checks the limits and inserts the prediction, in one transaction. Returns `{outcome, prediction?, retry_after? (seconds),
-- left_usd?, limit_usd?}`.
-- p_request: columns of the row, `lease_seconds`, and `cancel_after`, the seconds until the deadline. p_limits: every limit by
-- name; null means no limit. A limit in user_limits, which an administrator has set for the user, replaces the limit in p_limits.
-- The row is leased to the caller, who sends the create request. The first lease token is the row's id. The caller chose this id,
-- so the caller knows the token even if the response of this function is lost.
create function public.start_prediction(p_request jsonb, p_limits jsonb)
returns jsonb language plpgsql set search_path = '' as $$
declare
  request constant public.predictions := jsonb_populate_record(null::public.predictions, p_request);
  new_id constant uuid := coalesce(request.id, gen_random_uuid());
  in_flight_limit integer := p_limits ->> 'in_flight';
  minute_limit constant integer := p_limits ->> 'per_minute';
  total_limit constant integer := p_limits ->> 'daily_total';
  new_user_limit constant integer := p_limits ->> 'daily_per_new_user';
  user_limit integer := p_limits ->> 'daily_per_user';
  user_usd_limit numeric := p_limits ->> 'daily_usd_per_user';
  total_usd_limit constant numeric := p_limits ->> 'daily_usd_total';
  user_storage_limit bigint := p_limits ->> 'storage_per_user';
  total_storage_limit constant bigint := p_limits ->> 'storage_total';
  today constant date := (now() at time zone 'utc')::date;
  all_users constant uuid := '00000000-0000-0000-0000-000000000000';
  prediction public.predictions;
  own record;
  usage record;
  recent record;
  rejection jsonb;
begin
  -- Without this check, a limit with a misspelled name would not apply.
  if not p_limits ?& array[
    'in_flight', 'per_minute', 'daily_total', 'daily_per_new_user', 'daily_per_user', 'daily_usd_total', 'daily_usd_per_user',
    'storage_total', 'storage_per_user'
  ] then
    raise exception 'p_limits must name every limit';
  end if;

  -- This lock makes other requests of this user wait, so that two requests at the same time cannot both use the last image of
  -- the daily limit. block_user takes the same lock and cancels the predictions that exist then. A later start_prediction is
  -- rejected by the check of blocked_at below.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(request.user_id::text, 0));
  select * into own from public.user_limits where user_id = request.user_id;
  if own.blocked_at is not null then return jsonb_build_object('outcome', 'blocked'); end if;

  select * into prediction from public.predictions
  where user_id = request.user_id and idempotency_key = request.idempotency_key;
  if found then
    return jsonb_build_object(
      'outcome', case when prediction.request_hash = request.request_hash then 'replayed' else 'mismatch' end,
      'prediction', to_jsonb(prediction));
  end if;

  in_flight_limit := coalesce(own.in_flight, in_flight_limit);
  if in_flight_limit <= (
    select count(*) from public.predictions
    where user_id = request.user_id and status in ('queued', 'starting', 'processing')
  ) then
    return jsonb_build_object('outcome', 'in_flight_limit');
  end if;

  -- Only the bytes that are stored now are compared with the limit, because the size of the output is not known yet. Every
  -- output that was paid for is saved, so the files of running predictions may exceed the limit.
  user_storage_limit := coalesce(own.storage_bytes, user_storage_limit);
  if user_storage_limit <= public.stored_bytes(request.user_id) then
    return jsonb_build_object('outcome', 'storage_limit');
  end if;
  if total_storage_limit <= public.stored_bytes(all_users) then
    return jsonb_build_object('outcome', 'storage_total_limit');
  end if;
  if request.webhook is not null and not public.may_use_receiver(request.user_id, request.webhook) then
    return jsonb_build_object('outcome', 'webhook_limit');
  end if;

  if new_user_limit is not null and public.is_new_account(request.user_id) then
    user_limit := least(user_limit, new_user_limit);
  end if;
  user_limit := coalesce(own.daily_images, user_limit);
  user_usd_limit := coalesce(own.daily_usd, user_usd_limit);
  select * into usage from public.usage_daily where user_id = request.user_id and day = today;
  if request.image_count > 0 and user_limit < request.image_count + coalesce(usage.used, 0) then
    return jsonb_build_object('outcome', 'quota_exceeded');
  end if;
  if user_usd_limit < request.max_usd + coalesce(usage.usd, 0) then
    return jsonb_build_object(
      'outcome', 'budget_exceeded', 'left_usd', user_usd_limit - coalesce(usage.usd, 0), 'limit_usd', user_usd_limit);
  end if;
  if request.key_id is not null then
    rejection := public.check_api_key(request.key_id, request.user_id, request.image_count, request.max_usd);
    if rejection is not null then return rejection; end if;
  end if;

  select count(*) as made, min(created_at) as first_at into recent from (
    select created_at from public.predictions
    where user_id = request.user_id and created_at > now() - interval '1 minute'
    order by created_at desc limit minute_limit
  ) latest;
  if minute_limit <= recent.made then
    -- now() is the start of this transaction, and a row that was inserted after that may be newer than now(). The wait for
    -- such a row would be more than a minute, so retry_after is limited to 60 seconds.
    return jsonb_build_object(
      'outcome', 'rate_limited',
      'retry_after', least(60, greatest(1, ceil(extract(epoch from recent.first_at + interval '1 minute' - now())))));
  end if;

  if total_limit is not null or total_usd_limit is not null then
    -- All users share the row of the total, so it is locked as late as possible. But it must be locked before the user's own
    -- row, as in add_usage: the opposite order could deadlock.
    insert into public.usage_daily (user_id, day) values (all_users, today) on conflict do nothing;
    select * into usage from public.usage_daily where user_id = all_users and day = today for update;
    if (request.image_count > 0 and total_limit < request.image_count + usage.used)
      or total_usd_limit < request.max_usd + usage.usd
    then
      return jsonb_build_object('outcome', 'spend_cap');
    end if;
  end if;

  perform public.add_usage(request.user_id, today, request.image_count, request.max_usd);
  insert into public.predictions
    (id, user_id, key_id, idempotency_key, request_hash, model, version, tool, parent_image_id, input, image_count,
     counted_images, price, max_usd, counted_usd, lease_token, lease_until, deadline, streams, webhook, webhook_events)
  values
    (new_id, request.user_id, request.key_id, request.idempotency_key, request.request_hash, request.model, request.version,
     request.tool, request.parent_image_id, request.input, request.image_count, request.image_count, request.price,
     request.max_usd, request.max_usd, new_id,
     now() + make_interval(secs => (p_request ->> 'lease_seconds')::double precision),
     now() + make_interval(secs => (p_request ->> 'cancel_after')::double precision),
     coalesce(request.streams, false), request.webhook, request.webhook_events)
  returning * into prediction;
  return jsonb_build_object('outcome', 'created', 'prediction', to_jsonb(prediction));
end;
$$;

-- Returns the ids of predictions that are due and not leased, the longest due first. If p_succeeded is true, returns only
-- succeeded predictions, whose output must be saved. If it is false, returns only the other predictions. Both kinds are listed
-- separately, so that slow storage, which delays succeeded predictions, does not delay the other ones.
create function public.list_due_predictions(p_limit integer, p_succeeded boolean)
returns setof uuid language sql stable set search_path = '' as $$
  select id from public.predictions
  where next_at <= now() and (lease_until is null or lease_until < now()) and (status = 'succeeded') = p_succeeded
  order by next_at limit p_limit;
$$;

-- Leases a due prediction to the caller. Returns no row if the prediction is not due, or if another server has its lease.
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

-- Marks a queued prediction as sent, just before its create request is sent. Returns false if the request must not be sent,
-- because the lease was lost or the prediction was canceled.
create function public.mark_prediction_sent(p_id uuid, p_lease uuid)
returns boolean language plpgsql set search_path = '' as $$
begin
  update public.predictions set sent_at = now()
  where id = p_id and lease_token = p_lease and lease_until > now() and sent_at is null and replicate_id is null
    and status = 'queued' and cancel_requested_at is null;
  return found;
end;
$$;

-- Queues a prediction that Replicate has not accepted. p_next_in: seconds until the next attempt. p_throttled: Replicate rejected
-- the request because of its rate limit. If true, the next attempt waits for its turn: see take_turn.
create function public.queue_prediction(p_id uuid, p_lease uuid, p_next_in double precision, p_throttled boolean)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set status = 'queued', sent_at = null,
      next_at = case
        when cancel_requested_at is not null then now()
        -- If the deadline comes first, the row is due at the deadline. The prediction is then ended, because it was never sent.
        when p_throttled then least(deadline, public.take_turn('create', p_next_in))
        else least(deadline, now() + make_interval(secs => p_next_in))
      end,
      revision = revision + 1, lease_token = null, lease_until = null
  where id = p_id and lease_token = p_lease and replicate_id is null and status in ('queued', 'starting')
  returning *;
$$;

-- Returns what a run has cost, in US dollars. Returns null if the cost is not known: if p_price has no prices, or if it has a
-- price per second or token, but the number of seconds or tokens is null.
-- p_price: prices in US dollars, of the run itself, of each file, each second of run time and each token. It may have other
-- keys too.
create function public.cost_of_run(
  p_price jsonb, p_files integer, p_seconds double precision, p_input_tokens numeric, p_output_tokens numeric
)
returns numeric language sql immutable set search_path = '' as $$
  select case when count(*) = count(number) then round(sum((p_price ->> name)::numeric * number), 6) end
  from (values
    ('run', 1), ('file', p_files), ('second', p_seconds::numeric), ('input_token', p_input_tokens),
    ('output_token', p_output_tokens)
  ) measured (name, number)
  where p_price ? name;
$$;

-- Updates a prediction from Replicate's data, and returns the row. p_next_in: seconds until the next poll.
-- Updates may arrive late, twice or out of order, so an update never sets an earlier status. A final status from Replicate
-- never changes. Logs and unfinished output never become shorter. replicate_id is set once: after that, updates with another
-- replicate_id are ignored.
-- If `provisional` in p_update is true, its status comes from this app, not from Replicate. Any later final status from
-- Replicate replaces a provisional status. A running status from Replicate replaces it only in the first 35 minutes after
-- sent_at: a run that seems to be longer counts as lost (MAX_RUN in recover.ts).
-- Each change also corrects the usage of the day. A prediction that never ran counts no images and no dollars.
-- Images: if the prediction succeeded, the files of its output count, at least one. Otherwise the requested images count. If
-- no images were requested (text or audio), none count.
-- US dollars: the cost of the run counts, or max_usd while the cost is not known. If a run did not succeed, its cost is known
-- only if it is billed by time.
create function public.update_prediction(p_id uuid, p_lease uuid, p_update json, p_next_in double precision)
returns setof public.predictions language plpgsql set search_path = '' as $$
declare
  -- An update whose status has a lower rank than the status of the row is late. The final statuses have rank 3.
  ranks constant jsonb := '{"queued":0,"starting":1,"processing":2,"succeeded":3,"failed":3,"canceled":3,"aborted":3}';
  new_rank constant integer := ranks ->> (p_update ->> 'status');
  is_provisional constant boolean := coalesce((p_update ->> 'provisional')::boolean, false);
  predict_time constant double precision := p_update ->> 'predict_time';
  before public.predictions;
  after public.predictions;
  old_rank integer;
  is_late boolean;
  is_foreign boolean;
  has_run boolean;
  cost numeric;
begin
  select * into before from public.predictions where id = p_id for update;
  if not found then return; end if;
  old_rank := ranks ->> before.status;

  is_foreign := (before.replicate_id is not null and before.replicate_id is distinct from p_update ->> 'replicate_id')
    or exists (select from public.predictions where replicate_id = p_update ->> 'replicate_id' and id <> p_id);
  is_late := case
    when not before.provisional then old_rank = 3 or new_rank < old_rank
    else is_provisional or (new_rank < 3 and coalesce(before.sent_at, before.created_at) < now() - interval '35 minutes')
  end;
  if is_late or is_foreign then
    if before.provisional and not is_foreign then
      -- The update is late, but it may contain a replicate_id that the row does not have yet. With this id, later checks poll
      -- the prediction and need not search Replicate's list for it.
      update public.predictions set replicate_id = coalesce(replicate_id, p_update ->> 'replicate_id') where id = p_id;
    end if;
    -- The update is ignored, but the lease is released and the next check is scheduled. If there is no next check, a
    -- provisional status is shown as final from now on. The revision increases, because users see this change.
    update public.predictions
    set lease_token = null, lease_until = null,
        next_at = case
          when old_rank < 3 or before.provisional then now() + make_interval(secs => p_next_in) else next_at
        end,
        revision = revision + (before.provisional and p_next_in is null)::int
    where id = p_id and lease_token = p_lease;
    return query select * from public.predictions where id = p_id;
    return;
  end if;

  after := before;
  after.status := p_update ->> 'status';
  after.provisional := is_provisional;
  after.unreadable_responses := 0;
  after.replicate_id := coalesce(before.replicate_id, p_update ->> 'replicate_id');
  after.logs := case when length(p_update ->> 'logs') >= length(before.logs) then p_update ->> 'logs' else before.logs end;
  after.progress := greatest(before.progress, (p_update ->> 'progress')::real);
  -- While a prediction runs, its output only grows. So an update with a shorter output is late, and its output is ignored.
  if p_update ->> 'output' is not null
    and (new_rank = 3 or length((p_update -> 'output')::text) >= coalesce(length(before.output::text), 0))
  then
    after.output := p_update -> 'output';
    after.output_cut := coalesce((p_update ->> 'output_cut')::boolean, false);
    after.links := coalesce(p_update ->> 'links', '[]')::jsonb;
    after.file_count := (p_update ->> 'file_count')::integer;
  end if;
  after.metrics := coalesce(p_update ->> 'metrics', before.metrics::text)::jsonb;
  after.error := p_update ->> 'error';
  after.error_code := p_update ->> 'error_code';
  after.started_at := coalesce(before.started_at, (p_update ->> 'started_at')::timestamptz);
  after.counted_images := before.image_count;
  after.counted_usd := before.max_usd;
  after.cost_usd := null;
  after.cost_basis := null;

  if new_rank = 3 then
    after.completed_at := coalesce((p_update ->> 'completed_at')::timestamptz, now());
    -- completed_at is limited to a possible time. Otherwise output_expires_at could be in the past, or much too late.
    after.completed_at := least(greatest(after.completed_at, before.created_at), now());
    if after.status = 'succeeded' then
      after.output_expires_at := after.completed_at + interval '1 hour';
      -- Saving the output begins after a short delay, so that the browser can load it from Replicate first. Replicate deletes
      -- the output only after an hour.
      after.next_at := now() + interval '300 milliseconds';
      after.attempts := 0;
      has_run := true;
      after.counted_images := case when before.image_count > 0 then greatest(1, after.file_count) else 0 end;
    else
      -- A provisional prediction is checked again, because a result may still come.
      after.next_at := case when is_provisional then now() + make_interval(secs => p_next_in) end;
      -- Even if a prediction is canceled before it runs, Replicate sets started_at, and a predict_time of microseconds. So
      -- only a longer predict_time shows that the prediction has run.
      has_run := before.status = 'processing'
        or (before.provisional and (before.counted_images > 0 or before.counted_usd > 0))
        or coalesce(predict_time >= 0.01, after.status = 'failed' and after.started_at is not null);
    end if;
    if not has_run then
      after.counted_images := 0;
      after.counted_usd := 0;
      after.cost_usd := 0;
      after.cost_basis := 'not_run';
    else
      if after.status = 'succeeded' or before.price ? 'second' then
        cost := public.cost_of_run(
          before.price, greatest(1, after.file_count), predict_time, (p_update ->> 'input_tokens')::numeric,
          (p_update ->> 'output_tokens')::numeric);
      end if;
      after.counted_usd := coalesce(cost, before.max_usd);
      if cost is not null and before.price ->> 'basis' <> 'unknown' then
        after.cost_usd := cost;
        after.cost_basis := before.price ->> 'basis';
      elsif after.status = 'succeeded' and before.price ->> 'usual' is not null then
        after.cost_usd := (before.price ->> 'usual')::numeric;
        after.cost_basis := 'estimate';
      else
        after.cost_basis := 'unknown';
      end if;
    end if;
    after.lease_token := null;
    after.lease_until := null;
  else
    after.completed_at := null;
    after.next_at := case
      when before.cancel_requested_at is null then now() + make_interval(secs => coalesce(p_next_in, 20))
      -- The replicate_id has just become known. The user's cancel request can only be sent with this id, so it is sent soon.
      when before.replicate_id is null then now() + interval '500 milliseconds'
      -- The server with the lease has just sent a cancel request. The request is repeated at growing intervals.
      when before.lease_token = p_lease then
        now() + make_interval(secs => least(20, greatest(0.5, extract(epoch from now() - before.cancel_requested_at) / 2)))
      -- Other updates, such as webhooks, do not delay the next cancel request.
      else coalesce(before.next_at, now())
    end;
    if before.lease_token = p_lease then
      after.lease_token := null;
      after.lease_until := null;
      -- While Replicate rejects polls with 429, the next poll gets a turn after the latest one.
      if exists (select from public.replicate_queue where kind = 'poll' and last_turn_at > after.next_at) then
        after.next_at := public.take_turn('poll', 0);
      end if;
    end if;
  end if;

  if (after.counted_images, after.counted_usd) <> (before.counted_images, before.counted_usd) then
    perform public.add_usage(
      before.user_id, (before.created_at at time zone 'utc')::date, after.counted_images - before.counted_images,
      after.counted_usd - before.counted_usd);
  end if;

  if (after.status, after.provisional, after.replicate_id, after.output::text, after.error, after.started_at)
    is distinct from
    (before.status, before.provisional, before.replicate_id, before.output::text, before.error, before.started_at)
  then
    after.revision := before.revision + 1;
  end if;

  return query
    update public.predictions set
      status = after.status, provisional = after.provisional, replicate_id = after.replicate_id,
      counted_images = after.counted_images, counted_usd = after.counted_usd, cost_usd = after.cost_usd,
      cost_basis = after.cost_basis, unreadable_responses = after.unreadable_responses, logs = after.logs,
      progress = after.progress, output = after.output, output_cut = after.output_cut, links = after.links,
      file_count = after.file_count, metrics = after.metrics, error = after.error, error_code = after.error_code, started_at = after.started_at, completed_at = after.completed_at,
      output_expires_at = after.output_expires_at, next_at = after.next_at, attempts = after.attempts,
      lease_token = after.lease_token, lease_until = after.lease_until, revision = after.revision
    where id = p_id returning *;
end;
$$;

-- Releases the lease and increases `attempts`. p_next_in: seconds until the next attempt. Null: there is no next attempt.
-- p_unreadable: Replicate's response could not be understood.
create function public.release_prediction(
  p_id uuid, p_lease uuid, p_next_in double precision, p_save_error text, p_unreadable boolean
)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set lease_token = null, lease_until = null, attempts = attempts + 1,
      unreadable_responses = unreadable_responses + p_unreadable::int,
      next_at = now() + make_interval(secs => p_next_in), save_error = p_save_error,
      revision = revision + (save_error is distinct from p_save_error or p_next_in is null)::int
  where id = p_id and lease_token = p_lease
  returning *;
$$;

-- Releases the lease, because Replicate rejected the request with 429. The row is due again at its turn: see take_turn.
-- `attempts` does not increase. p_wait: how long Replicate rejects requests (s).
create function public.throttle_prediction(p_id uuid, p_lease uuid, p_wait double precision)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set lease_token = null, lease_until = null, next_at = public.take_turn('poll', p_wait)
  where id = p_id and lease_token = p_lease
  returning *;
$$;

-- Releases the lease without an increase of `attempts`, because Replicate did not cause the delay: our own storage failed or
-- is full, or the row cannot be sent now.
create function public.postpone_prediction(p_id uuid, p_lease uuid, p_next_in double precision, p_save_error text)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set lease_token = null, lease_until = null, next_at = now() + make_interval(secs => p_next_in), save_error = p_save_error,
      revision = revision + (save_error is distinct from p_save_error)::int
  where id = p_id and lease_token = p_lease
  returning *;
$$;

-- Records the user's cancel request and returns the row. A queued prediction that was never sent is canceled immediately. Any
-- other unfinished prediction becomes due, so that a cancel request is sent to Replicate. A provisional prediction becomes due
-- too, because it may still run at Replicate. Only the first call makes the prediction due.
create function public.request_cancel(p_id uuid, p_user uuid)
returns setof public.predictions language plpgsql set search_path = '' as $$
declare
  waiting public.predictions;
begin
  update public.predictions
  set cancel_requested_at = coalesce(cancel_requested_at, now()),
      next_at = case when cancel_requested_at is null then least(next_at, now()) else next_at end,
      -- If the prediction has a replicate_id, the lease ends now, so that the cancel request is sent immediately. This is
      -- safe, because the server with the lease is only polling Replicate, or has crashed. Without a replicate_id, the lease
      -- stays, because the create request is being sent and must end first.
      lease_token = case when cancel_requested_at is null and replicate_id is not null then null else lease_token end,
      lease_until = case when cancel_requested_at is null and replicate_id is not null then null else lease_until end
  where id = p_id and user_id = p_user
    and (status in ('queued', 'starting', 'processing') or (provisional and next_at is not null))
  returning * into waiting;
  if waiting.status = 'queued' and waiting.sent_at is null then
    return query select * from public.update_prediction(p_id, waiting.lease_token, '{"status":"canceled"}', null);
  else
    return query select * from public.predictions where id = p_id and user_id = p_user;
  end if;
end;
$$;

-- Makes all files of a prediction due for saving, if only the first files were saved and Replicate still has the others.
-- Returns the row, even if nothing has changed.
create function public.request_save(p_id uuid, p_user uuid)
returns setof public.predictions language plpgsql set search_path = '' as $$
begin
  update public.predictions
  set save_all = true, save_error = null, attempts = 0, next_at = now(), revision = revision + 1
  where id = p_id and user_id = p_user and save_error = 'too_many' and output_expires_at > now();
  return query select * from public.predictions where id = p_id and user_id = p_user;
end;
$$;

-- Returns the median time from sending to completion (s) of the model's last twenty succeeded predictions. Null if there are
-- none.
create function public.typical_seconds(p_model text)
returns double precision language sql stable set search_path = '' as $$
  select percentile_cont(0.5) within group (order by extract(epoch from completed_at - sent_at))
  from (
    select sent_at, completed_at from public.predictions
    where model = p_model and status = 'succeeded' order by completed_at desc limit 20
  ) recent;
$$;

-- Returns the results of typical_seconds for these models, as an object: model -> seconds. Leaves out models without a result.
create function public.list_typical_seconds(p_models text[])
returns jsonb language sql stable set search_path = '' as $$
  select coalesce(jsonb_object_agg(model, seconds), '{}')
  from (select model, public.typical_seconds(model) as seconds from unnest(p_models) as model) each_model
  where seconds is not null;
$$;

create function public.record_heartbeat(p_name text)
returns void language sql set search_path = '' as $$
  insert into public.heartbeats (name) values (p_name) on conflict (name) do update set beat_at = now();
$$;

-- Returns three durations for the health check (s), each null if there is none. swept: the time since the last sweep. unsaved:
-- the time since the completion of the oldest prediction whose files are not saved yet. overdue: how long the longest due
-- prediction has been due. Predictions that a server has leased do not count as overdue.
create function public.measure_backlog()
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'swept', (select extract(epoch from now() - beat_at) from public.heartbeats where name = 'sweep'),
    'unsaved', (
      select extract(epoch from now() - min(completed_at)) from public.predictions
      where status = 'succeeded' and next_at is not null),
    'overdue', (
      select extract(epoch from now() - min(next_at)) from public.predictions
      where next_at <= now() and (lease_until is null or lease_until < now())));
$$;

-- Deleted predictions that may still run at Replicate. The sweep cancels these predictions there.
create table public.cancellations (
  prediction_id uuid primary key,
  -- Null: the id is not known, because the response to the create request was lost. A webhook may still bring the id.
  replicate_id text,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  -- At this time, the prediction has ended in any case, because Replicate ends every run after 30 minutes.
  ends_at timestamptz not null
);

comment on table public.cancellations is
  'Deleted predictions that must be canceled at Replicate. After that, their rows in this table are deleted.';

alter table public.cancellations enable row level security;

revoke all on public.cancellations from anon, authenticated, public;
grant all on public.cancellations to service_role;

-- Deletes the rows of the table cancellations whose ends_at has passed. Then claims the due rows whose replicate_id is known:
-- the caller cancels these predictions. Each row is claimed again later, at growing intervals, until it is deleted.
create function public.claim_cancellations(p_limit integer)
returns setof public.cancellations language sql set search_path = '' as $$
  delete from public.cancellations where ends_at <= now();
  update public.cancellations
  set attempts = attempts + 1, due_at = now() + make_interval(secs => least(300, 5 * 2 ^ attempts))
  where prediction_id in (
    select prediction_id from public.cancellations where due_at <= now() and replicate_id is not null
    order by due_at limit p_limit for update skip locked
  )
  returning *;
$$;

-- After a prediction was deleted, adds its files to storage_removals. If the prediction may still run at Replicate, also adds
-- it to cancellations. This also happens when a prediction is deleted together with its user's account.
-- Security definer: the role that deletes an account has no rights on these tables.
create function public.on_prediction_deleted()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if old.sent_at is not null
    and (old.status in ('queued', 'starting', 'processing') or (old.provisional and old.next_at is not null))
  then
    insert into public.cancellations (prediction_id, replicate_id, ends_at)
    values (old.id, old.replicate_id, old.sent_at + interval '35 minutes');
  end if;
  insert into public.storage_removals as removal (prefix, prediction_id)
  values (old.user_id || '/' || old.id || '/', old.id)
  on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
  return null;
end;
$$;

create trigger predictions_deleted after delete on public.predictions
  for each row execute function public.on_prediction_deleted();

revoke execute on function
  public.take_turn, public.throttle_prediction, public.claim_cancellations,
  public.start_prediction, public.list_due_predictions, public.claim_prediction, public.mark_prediction_sent,
  public.queue_prediction, public.cost_of_run, public.update_prediction, public.release_prediction,
  public.postpone_prediction, public.request_cancel, public.request_save, public.typical_seconds,
  public.list_typical_seconds, public.record_heartbeat,
  public.measure_backlog, public.on_prediction_deleted
from public, anon, authenticated;

grant execute on function
  public.take_turn, public.throttle_prediction, public.claim_cancellations,
  public.start_prediction, public.list_due_predictions, public.claim_prediction, public.mark_prediction_sent,
  public.queue_prediction, public.cost_of_run, public.update_prediction, public.release_prediction,
  public.postpone_prediction, public.request_cancel, public.request_save, public.typical_seconds,
  public.list_typical_seconds, public.record_heartbeat,
  public.measure_backlog
to service_role;
