-- Administration: administrators, blocked users, reports of shared media, and a log of every change that an administrator
-- makes.
-- A function for administrators checks the access token of its caller. The secret key of the server is not enough to call it.
-- All functions for administrators begin with require_admin. They are security definer, because users have no rights to change
-- these tables, and no rights on the schema auth.

create table public.admins (
  user_id uuid primary key references auth.users (id) on delete cascade,
  created_at timestamptz not null default now(),
  -- The administrator who gave the rights. Null: the rights come from the setting ADMIN_EMAILS, or the account of that
  -- administrator was deleted.
  created_by uuid references auth.users (id) on delete set null
);

comment on table public.admins is 'The users who are administrators.';

create index admins_created_by on public.admins (created_by) where created_by is not null;

-- Each address of the setting ADMIN_EMAILS makes its user an administrator only once. So a removed administrator does not
-- become one again.
create table public.admin_emails_seeded (
  email text primary key,
  seeded_at timestamptz not null default now()
);

comment on table public.admin_emails_seeded is 'The addresses of ADMIN_EMAILS that have made an administrator.';

-- What visitors have reported about shared media.
create table public.reports (
  id uuid primary key default gen_random_uuid(),
  -- Null: the media was deleted.
  image_id uuid references public.sdxl_images (id) on delete set null,
  reason text not null check (reason in ('illegal', 'copyright', 'personal_data', 'other')),
  details text not null default '' check (char_length(details) <= 1000),
  -- A hash of the visitor's IP address and the media: see report_media.
  reporter text not null,
  created_at timestamptz(3) not null default now(), -- in ms, because cursors contain ms
  resolved_at timestamptz,
  resolved_by uuid references auth.users (id) on delete set null,
  resolution text check (resolution in ('taken_down', 'dismissed')),
  -- A visitor can report the same media only once.
  unique (image_id, reporter),
  check ((resolved_at is null) = (resolution is null))
);

comment on table public.reports is 'Reports of shared media by visitors.';

create index reports_newest on public.reports (created_at desc, id desc);
create index reports_open on public.reports (created_at desc, id desc) where resolved_at is null;
create index reports_resolved_by on public.reports (resolved_by) where resolved_by is not null;

create table public.audit_log (
  id bigint generated always as identity primary key,
  created_at timestamptz not null default now(),
  -- The administrator who made the change. Null: the change comes from the setting ADMIN_EMAILS (action seed_admin), or the
  -- account of the administrator was deleted.
  actor_id uuid references auth.users (id) on delete set null,
  action text not null,
  -- The user who was changed, or whose media was changed. Null: the account of this user was deleted.
  target_id uuid references auth.users (id) on delete set null,
  details jsonb not null default '{}'
);

comment on table public.audit_log is 'Every change that an administrator made. Nobody can change or delete its rows.';

create index audit_log_actor on public.audit_log (actor_id, id desc) where actor_id is not null;
create index audit_log_target on public.audit_log (target_id, id desc) where target_id is not null;
create index audit_log_action on public.audit_log (action, id desc);

-- Keeps the log append-only, for every role. One change is allowed: when an account is deleted, the foreign keys set its id in
-- the log to null. Security definer: the role that deletes an account may not be allowed to read the schema auth.
create function public.on_audit_log_changed()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if tg_op = 'UPDATE' then
    if (new.id, new.created_at, new.action, new.details) = (old.id, old.created_at, old.action, old.details)
      and (new.actor_id is not distinct from old.actor_id
        or (new.actor_id is null and not exists (select from auth.users where id = old.actor_id)))
      and (new.target_id is not distinct from old.target_id
        or (new.target_id is null and not exists (select from auth.users where id = old.target_id)))
    then
      return new;
    end if;
  end if;
  raise exception 'audit_log is append-only' using errcode = '42501';
end;
$$;

create trigger audit_log_changed before update or delete on public.audit_log
  for each row execute function public.on_audit_log_changed();
create trigger audit_log_truncated before truncate on public.audit_log
  for each statement execute function public.on_audit_log_changed();

-- Returns what the caller may do as an administrator now:
-- `none`: the caller is no administrator, or is blocked, or has signed out.
-- `second_factor`: the caller has an authenticator app, but its code was not entered in this session.
-- `sign_in_again`: the last sign-in is more than ten minutes old.
-- `granted`: everything.
-- Source of the claims: https://supabase.com/docs/guides/auth/jwt-fields. The renewal of a session does not change the times
-- in `amr`. The code of an authenticator app does not count as a sign-in. Otherwise, if an account has no authenticator app,
-- anyone with an old token could set up an app and enter its code.
create function public.admin_access()
returns text language plpgsql stable security definer set search_path = '' as $$
begin
  if not public.has_session() or not exists (select from public.admins where user_id = auth.uid()) then return 'none'; end if;
  if not public.is_admitted() then return 'second_factor'; end if;
  if not exists (
    select from jsonb_path_query(
      auth.jwt(), '$.amr[*] ? (@.method != "totp" && !(@.method starts with "mfa/")).timestamp') as signed_in
    where to_timestamp((signed_in #>> '{}')::double precision) > now() - interval '10 minutes'
  ) then
    return 'sign_in_again';
  end if;
  return 'granted';
end;
$$;

-- Throws unless the caller has the rights of an administrator now.
create function public.require_admin()
returns void language plpgsql stable set search_path = '' as $$
begin
  if public.admin_access() <> 'granted' then
    raise exception 'permission denied: this needs an administrator with a recent sign-in' using errcode = '42501';
  end if;
end;
$$;

alter table public.admins enable row level security;
alter table public.admin_emails_seeded enable row level security;
alter table public.reports enable row level security;
alter table public.audit_log enable row level security;

create policy "Administrators read the administrators" on public.admins
  for select to authenticated using ((select public.admin_access()) = 'granted');
create policy "Administrators read the limits of users" on public.user_limits
  for select to authenticated using ((select public.admin_access()) = 'granted');
create policy "Administrators read the reports" on public.reports
  for select to authenticated using ((select public.admin_access()) = 'granted');
create policy "Administrators read the log" on public.audit_log
  for select to authenticated using ((select public.admin_access()) = 'granted');

revoke all on public.admins, public.admin_emails_seeded, public.reports, public.audit_log
from anon, authenticated, service_role, public;
grant select on public.admins, public.user_limits, public.reports, public.audit_log to authenticated;

-- Makes the user an administrator, if p_email is the user's confirmed address and has never made an administrator before. The
-- server calls this for addresses in ADMIN_EMAILS.
create function public.seed_admin(p_user uuid, p_email text)
returns void language sql security definer set search_path = '' as $$
  with seeded as (
    insert into public.admin_emails_seeded (email)
    select lower(email) from auth.users
    where id = p_user and lower(email) = lower(p_email) and email_confirmed_at is not null and not is_sso_user
    on conflict do nothing returning email
  ), added as (
    insert into public.admins (user_id) select p_user from seeded on conflict do nothing returning user_id
  )
  insert into public.audit_log (action, target_id) select 'seed_admin', user_id from added;
$$;

-- Adds a row to the log, for a change that the caller makes in the same transaction.
create function public.log_change(p_action text, p_target uuid, p_details jsonb)
returns void language sql set search_path = '' as $$
  insert into public.audit_log (actor_id, action, target_id, details) values (auth.uid(), p_action, p_target, p_details);
$$;

-- Functions about users. Each one returns `done`, or the reason why nothing was changed.

create function public.set_user_limits(p_user uuid, p_limits jsonb)
returns text language plpgsql security definer set search_path = '' as $$
declare
  limits constant public.user_limits := jsonb_populate_record(null::public.user_limits, p_limits);
begin
  perform public.require_admin();
  if not exists (select from auth.users where id = p_user) then return 'not_found'; end if;
  insert into public.user_limits (user_id, daily_images, daily_usd, in_flight, storage_bytes)
  values (p_user, limits.daily_images, limits.daily_usd, limits.in_flight, limits.storage_bytes)
  on conflict (user_id) do update
  set daily_images = excluded.daily_images, daily_usd = excluded.daily_usd, in_flight = excluded.in_flight,
      storage_bytes = excluded.storage_bytes;
  perform public.log_change('set_user_limits', p_user, jsonb_build_object(
    'daily_images', limits.daily_images, 'daily_usd', limits.daily_usd, 'in_flight', limits.in_flight,
    'storage_bytes', limits.storage_bytes));
  return 'done';
end;
$$;

-- Blocks a user: ends all sessions, refuses new ones, and cancels the running and waiting predictions. Access tokens of the
-- user may still be valid, but row level security, and the functions that start a prediction or an upload, refuse the user.
-- Shared pages of the user are not shown.
create function public.block_user(p_user uuid, p_reason text)
returns text language plpgsql security definer set search_path = '' as $$
declare
  running uuid[];
begin
  perform public.require_admin();
  -- The first lock stops start_prediction, so that this user cannot start a prediction during this transaction. The second
  -- lock stops add_admin, so that this user cannot become an administrator during this transaction.
  perform pg_advisory_xact_lock(hashtextextended(p_user::text, 0));
  perform pg_advisory_xact_lock(hashtextextended('admins', 0));
  if not exists (select from auth.users where id = p_user) then return 'not_found'; end if;
  if exists (select from public.admins where user_id = p_user) then return 'is_admin'; end if;
  insert into public.user_limits as limits (user_id, blocked_at, blocked_reason) values (p_user, now(), p_reason)
  on conflict (user_id) do update
  set blocked_at = coalesce(limits.blocked_at, excluded.blocked_at), blocked_reason = excluded.blocked_reason;
  -- Supabase Auth refuses to sign in users who are banned.
  update auth.users set banned_until = now() + interval '100 years' where id = p_user;
  delete from auth.sessions where user_id = p_user;
  -- All rows are locked before the first request_cancel, which may change the usage of the day. If the usage was locked before
  -- a row, there could be a deadlock with update_prediction, which locks the row first.
  running := array(
    select id from public.predictions
    where user_id = p_user and (status in ('queued', 'starting', 'processing') or (provisional and next_at is not null))
    order by id for no key update);
  perform public.request_cancel(id, p_user) from unnest(running) as id;
  perform public.log_change('block_user', p_user, jsonb_build_object('reason', p_reason));
  return 'done';
end;
$$;

create function public.unblock_user(p_user uuid)
returns text language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_admin();
  update auth.users set banned_until = null where id = p_user;
  if not found then return 'not_found'; end if;
  update public.user_limits set blocked_at = null, blocked_reason = null where user_id = p_user;
  perform public.log_change('unblock_user', p_user, '{}');
  return 'done';
end;
$$;

create function public.add_admin(p_user uuid)
returns text language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_admin();
  perform pg_advisory_xact_lock(hashtextextended('admins', 0));
  -- Checked again, because another administrator may have removed the caller meanwhile.
  perform public.require_admin();
  if not exists (select from auth.users where id = p_user) then return 'not_found'; end if;
  if exists (select from auth.users where id = p_user and email_confirmed_at is null) then return 'not_confirmed'; end if;
  if exists (select from public.user_limits where user_id = p_user and blocked_at is not null) then return 'is_blocked'; end if;
  insert into public.admins (user_id, created_by) values (p_user, auth.uid()) on conflict do nothing;
  if not found then return 'is_admin'; end if;
  perform public.log_change('add_admin', p_user, '{}');
  return 'done';
end;
$$;

-- The last administrator cannot be removed.
create function public.remove_admin(p_user uuid)
returns text language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_admin();
  perform pg_advisory_xact_lock(hashtextextended('admins', 0));
  -- Checked again, because another administrator may have removed the caller meanwhile.
  perform public.require_admin();
  if not exists (select from public.admins where user_id <> p_user) then return 'last_admin'; end if;
  delete from public.admins where user_id = p_user;
  if not found then return 'not_found'; end if;
  perform public.log_change('remove_admin', p_user, '{}');
  return 'done';
end;
$$;

-- Records that the caller has invited a user. The invitation itself is sent by Supabase Auth.
create function public.log_invitation(p_user uuid)
returns void language plpgsql security definer set search_path = '' as $$
begin
  perform public.require_admin();
  perform public.log_change('invite_user', p_user, '{}');
end;
$$;

-- Returns what administrators see of a user, or null. `today` and `month` (30 days) are the images and US dollars that were
-- counted for the daily limits. The result contains no prompts and no files of the user.
create function public.describe_user(p_user uuid)
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'id', account.id, 'email', account.email, 'created_at', account.created_at,
    'last_sign_in_at', account.last_sign_in_at, 'is_confirmed', account.email_confirmed_at is not null,
    'is_admin', exists (select from public.admins where user_id = account.id),
    'is_blocked', limits.blocked_at is not null or coalesce(account.banned_until > now(), false),
    'blocked_at', limits.blocked_at, 'blocked_reason', limits.blocked_reason,
    'limits', jsonb_build_object(
      'daily_images', limits.daily_images, 'daily_usd', limits.daily_usd, 'in_flight', limits.in_flight,
      'storage_bytes', limits.storage_bytes),
    'today', jsonb_build_object('images', usage.images_today, 'usd', usage.usd_today),
    'month', jsonb_build_object('images', usage.images, 'usd', usage.usd),
    'stored_bytes', public.stored_bytes(account.id))
  from auth.users account
  left join public.user_limits limits on limits.user_id = account.id
  cross join (select (now() at time zone 'utc')::date as today) clock
  cross join lateral (
    select coalesce(sum(used), 0) as images, coalesce(sum(usd), 0) as usd,
      coalesce(sum(used) filter (where day = today), 0) as images_today,
      coalesce(sum(usd) filter (where day = today), 0) as usd_today
    from public.usage_daily where user_id = account.id and day > today - 30
  ) usage
  where account.id = p_user;
$$;

create function public.get_user(p_user uuid)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_admin();
  return public.describe_user(p_user);
end;
$$;

-- Returns users, the newest first: those whose address contains p_search, or whose id is p_search. p_before_at and p_before_id
-- are the creation time (ms) and the id of the last user of the previous page, or null for the first page.
create function public.list_users(p_search text, p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_admin();
  return (
    select coalesce(jsonb_agg(public.describe_user(id) order by since desc, id desc), '[]') from (
      select account.id, date_trunc('milliseconds', account.created_at) as since from auth.users account
      where (p_search = '' or strpos(lower(account.email), lower(p_search)) > 0 or account.id::text = lower(p_search))
        and (p_before_id is null
          or (date_trunc('milliseconds', account.created_at), account.id) < (p_before_at, p_before_id))
      order by since desc, account.id desc limit p_limit
    ) page
  );
end;
$$;

-- Returns the e-mail addresses of these users, as an object: id -> address.
create function public.list_user_emails(p_users uuid[])
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_admin();
  return (select coalesce(jsonb_object_agg(id, email), '{}') from auth.users where id = any (p_users) and email is not null);
end;
$$;

-- Shared media.

-- Returns the media that is shared with this token, unless its user is blocked.
create function public.find_shared_media(p_token text)
returns setof public.sdxl_images language sql stable set search_path = '' as $$
  select * from public.sdxl_images media
  where share_token = p_token and purge_at is null
    and not exists (select from public.user_limits where user_id = media.user_id and blocked_at is not null);
$$;

-- Records a visitor's report of the media that is shared with this token. Does nothing if there is no such media, if this
-- visitor has reported it before, or if the media already has 20 open reports. p_reporter: a keyed hash of the visitor's IP
-- address. This hash is hashed again with the id of the media, so that nobody can see which reports of different media come
-- from the same visitor.
-- Security definer, because the role of the server (service_role) has no rights on public.reports.
create function public.report_media(p_token text, p_reason text, p_details text, p_reporter text)
returns void language sql security definer set search_path = '' as $$
  -- Reports with the same token wait for each other, so that each of them counts the earlier ones.
  select pg_advisory_xact_lock(hashtextextended('reports ' || p_token, 0));
  insert into public.reports (image_id, reason, details, reporter)
  select media.id, p_reason, p_details, encode(sha256(convert_to(p_reporter || media.id, 'utf8')), 'hex')
  from public.find_shared_media(p_token) media
  where (select count(*) from public.reports where image_id = media.id and resolved_at is null) < 20
  on conflict do nothing;
$$;

-- Returns reports, the newest first: the open ones (p_open), or the resolved ones. p_before_at and p_before_id are the
-- creation time and the id of the last report of the previous page, or null for the first page. `media` is null if the media
-- was deleted. `share_token` is null while the media is not shared. `open_reports` is the number of open reports of the same
-- media.
create function public.list_reports(p_open boolean, p_before_at timestamptz, p_before_id uuid, p_limit integer)
returns jsonb language plpgsql stable security definer set search_path = '' as $$
begin
  perform public.require_admin();
  return (
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', report.id, 'reason', report.reason, 'details', report.details, 'created_at', report.created_at,
      'resolved_at', report.resolved_at, 'resolution', report.resolution,
      'resolved_by', (select email from auth.users where id = report.resolved_by),
      'media', case when media.id is not null then jsonb_build_object(
        'id', media.id, 'user_id', media.user_id, 'kind', media.kind, 'share_token', media.share_token,
        'poster', media.poster_path is not null, 'taken_down_at', media.taken_down_at,
        'open_reports', (
          select count(*) from public.reports same where same.image_id = media.id and same.resolved_at is null)) end
      ) order by report.created_at desc, report.id desc), '[]')
    from (
      select * from public.reports
      where (resolved_at is null) = p_open
        and (p_before_id is null or (created_at, id) < (p_before_at, p_before_id))
      order by created_at desc, id desc limit p_limit
    ) report
    left join public.sdxl_images media on media.id = report.image_id and media.purge_at is null
  );
end;
$$;

-- Ends the sharing of media, resolves its open reports, and prevents its owner from sharing it again.
create function public.take_down_media(p_media uuid)
returns text language plpgsql security definer set search_path = '' as $$
declare
  owner uuid;
begin
  perform public.require_admin();
  update public.sdxl_images set taken_down_at = now(), share_token = null
  where id = p_media and taken_down_at is null returning user_id into owner;
  if not found then return 'not_found'; end if;
  update public.reports set resolved_at = now(), resolved_by = auth.uid(), resolution = 'taken_down'
  where image_id = p_media and resolved_at is null;
  perform public.log_change('take_down_media', owner, jsonb_build_object('media', p_media));
  return 'done';
end;
$$;

-- Allows the owner of media that was taken down to share it again. This function does not share it.
create function public.permit_sharing(p_media uuid)
returns text language plpgsql security definer set search_path = '' as $$
declare
  owner uuid;
begin
  perform public.require_admin();
  update public.sdxl_images set taken_down_at = null
  where id = p_media and taken_down_at is not null returning user_id into owner;
  if not found then return 'not_found'; end if;
  perform public.log_change('permit_sharing', owner, jsonb_build_object('media', p_media));
  return 'done';
end;
$$;

-- Dismisses a report, and all other open reports of the same media.
create function public.dismiss_report(p_report uuid)
returns text language plpgsql security definer set search_path = '' as $$
declare
  media public.sdxl_images;
begin
  perform public.require_admin();
  select * into media from public.sdxl_images where id = (select image_id from public.reports where id = p_report);
  update public.reports set resolved_at = now(), resolved_by = auth.uid(), resolution = 'dismissed'
  where (id = p_report or image_id = media.id) and resolved_at is null;
  if not found then return 'not_found'; end if;
  perform public.log_change('dismiss_report', media.user_id, jsonb_build_object('report', p_report, 'media', media.id));
  return 'done';
end;
$$;

-- Returns what the page about the installation shows. `days`: what all users together have used on each of the last 30 days
-- (UTC). `models`: the runs of the last 30 days by model. `errors`: the failed runs of the last 30 days by kind. `models` and
-- `errors` leave out runs of deleted accounts.
create function public.describe_installation()
returns jsonb language plpgsql stable security definer set search_path = '' as $$
declare
  all_users constant uuid := '00000000-0000-0000-0000-000000000000';
  first_day constant date := (now() at time zone 'utc')::date - 29;
  since constant timestamptz := first_day::timestamp at time zone 'utc';
begin
  perform public.require_admin();
  return jsonb_build_object(
    'users', (select count(*) from auth.users),
    'blocked', (select count(*) from public.user_limits where blocked_at is not null),
    'open_reports', (select count(*) from public.reports where resolved_at is null),
    'running', (select count(*) from public.predictions where status in ('queued', 'starting', 'processing')),
    'webhook_at', (select beat_at from public.heartbeats where name = 'webhook'),
    'stored_bytes', public.stored_bytes(all_users),
    'days', (
      select coalesce(jsonb_agg(jsonb_build_object('day', day, 'images', used, 'usd', usd) order by day), '[]')
      from public.usage_daily where user_id = all_users and day >= first_day),
    'models', (
      select coalesce(jsonb_agg(to_jsonb(used) order by usd desc, runs desc), '[]') from (
        select model, count(*) as runs, count(*) filter (where outcome = 'failed') as failed,
          sum(counted_images) as images, sum(counted_usd) as usd
        from public.predictions where created_at >= since group by model
      ) used),
    'errors', (
      select coalesce(jsonb_agg(to_jsonb(failed) order by count desc), '[]') from (
        select case when status = 'failed' then coalesce(error_code, 'model_failed') else save_error end as kind,
          count(*) as count, max(created_at) as last_at
        from public.predictions where created_at >= since and outcome = 'failed' group by 1
      ) failed));
end;
$$;

revoke execute on function
  public.on_audit_log_changed, public.admin_access, public.require_admin, public.seed_admin, public.log_change,
  public.set_user_limits, public.block_user, public.unblock_user, public.add_admin, public.remove_admin, public.log_invitation,
  public.describe_user, public.get_user, public.list_users, public.list_user_emails, public.find_shared_media,
  public.report_media, public.list_reports, public.take_down_media, public.permit_sharing, public.dismiss_report,
  public.describe_installation
from public, anon, authenticated, service_role;

grant execute on function public.seed_admin, public.find_shared_media, public.report_media to service_role;
-- Each of these functions checks the rights of its caller.
grant execute on function
  public.admin_access, public.set_user_limits, public.block_user, public.unblock_user, public.add_admin, public.remove_admin,
  public.log_invitation, public.get_user, public.list_users, public.list_user_emails, public.list_reports,
  public.take_down_media, public.permit_sharing, public.dismiss_report, public.describe_installation
to authenticated;
