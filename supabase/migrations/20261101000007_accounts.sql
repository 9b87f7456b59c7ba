-- Accounts: which access tokens are accepted, the sessions of a user, exports of everything that a user has, and the deletion of
-- an account.

-- An access token stays valid for up to an hour, even after its session has ended. A token is also valid before the user has
-- entered the code of an authenticator app. Anybody with a token can send it to Supabase's API, without this app. So the
-- policies of row level security, and the functions for users, call the following functions. They are security definer,
-- because clients cannot read the schema auth and the table user_limits.

-- Whether the caller's session still exists, and the caller is not blocked.
create function public.has_session()
returns boolean language sql stable security definer set search_path = '' as $$
  select exists (
      select from auth.sessions
      where id = nullif(auth.jwt() ->> 'session_id', '')::uuid and user_id = (select auth.uid()))
    and not exists (select from public.user_limits where user_id = (select auth.uid()) and blocked_at is not null);
$$;

-- Whether the caller may use their own data: has_session is true, and if the caller has an authenticator app, its code was
-- entered in this session. Policies call this function in a `select`, so that it runs once for a statement, not for each row.
create function public.is_admitted()
returns boolean language sql stable security definer set search_path = '' as $$
  select public.has_session() and (
    coalesce(auth.jwt() ->> 'aal', '') = 'aal2'
    or not exists (select from auth.mfa_factors where user_id = (select auth.uid()) and status = 'verified'));
$$;

create policy "Only a complete sign-in reaches rows" on public.predictions
  as restrictive for all to authenticated using ((select public.is_admitted()));
create policy "Only a complete sign-in reaches rows" on public.sdxl_images
  as restrictive for all to authenticated using ((select public.is_admitted()));
create policy "Only a complete sign-in reaches rows" on public.uploads
  as restrictive for all to authenticated using ((select public.is_admitted()));
create policy "Only a complete sign-in reaches rows" on public.usage_daily
  as restrictive for all to authenticated using ((select public.is_admitted()));

-- list_sessions and end_session work only on the caller's own sessions.

-- Returns the caller's sessions, the most recently used first. used_at is the time of the sign-in, or of the last renewal.
create function public.list_sessions()
returns table (id uuid, created_at timestamptz, used_at timestamptz, user_agent text, is_current boolean)
language plpgsql stable security definer set search_path = '' as $$
declare
  current_id constant text := nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'session_id';
begin
  return query
    select session.id, session.created_at,
      -- refreshed_at has no time zone. It is in UTC.
      coalesce(session.refreshed_at at time zone 'utc', session.created_at) as used_at,
      session.user_agent, session.id::text is not distinct from current_id
    from auth.sessions session
    where session.user_id = (select auth.uid()) and public.is_admitted() and (session.not_after is null or session.not_after > now())
    order by used_at desc, session.id;
end;
$$;

-- Ends one of the caller's sessions. Returns false if the caller has no such session.
create function public.end_session(p_id uuid)
returns boolean language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.sessions where id = p_id and user_id = (select auth.uid()) and public.is_admitted();
  return found;
end;
$$;

-- Whether a session still exists. A sign-out and the deletion of the account delete the session.
create function public.session_exists(p_id uuid)
returns boolean language plpgsql stable security definer set search_path = '' as $$
begin
  return exists (select from auth.sessions where id = p_id);
end;
$$;

-- Connected accounts. Each connected account is an identity. When somebody signs in with a provider, Supabase looks for an
-- identity with the same address, and signs in to the account of this identity, even if the address of the identity was never
-- verified. So an attacker could connect an account of another service that claims the address of a victim. Then the victim's
-- next sign-in would lead to the attacker's account, or fail if several accounts have the address. So an address that is not
-- verified is removed from its identity. The user can still sign in with the identity.
create function public.on_identity_change()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.provider <> 'email' and new.identity_data ->> 'email_verified' is distinct from 'true' then
    new.identity_data := new.identity_data - 'email';
  end if;
  return new;
end;
$$;

create trigger identities_change before insert or update on auth.identities
  for each row execute function public.on_identity_change();

-- Without a check, somebody with an old access token of the user could connect their own account of another service, and then
-- sign in with that account. So an account is connected only if the user has signed in, on any device, in the last 15 minutes:
-- the app asks for a sign-in of the last ten minutes, and Supabase allows five minutes for the steps at the other service. A
-- code of an authenticator app does not count as a sign-in. Supabase also connects an account without a request of the user,
-- if a sign-in at another service has the user's verified address. In this case there is no session yet, so this check is left
-- out. The two cases differ in flow_state: linking_target_id is set only if the user asked for the connection. (Supabase Auth
-- before 2026 has no linking_target_id. With such a version, accounts are connected without this check.)
create function public.on_identity_added()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (
      select from auth.flow_state flow
      where to_jsonb(flow) ->> 'linking_target_id' = new.user_id::text and flow.user_id is null
        and flow.provider_type = new.provider and flow.created_at > now() - interval '15 minutes')
    and not exists (
      select from auth.mfa_amr_claims method join auth.sessions session on session.id = method.session_id
      where session.user_id = new.user_id and method.updated_at > now() - interval '15 minutes'
        and method.authentication_method <> 'totp' and method.authentication_method not like 'mfa/%')
  then
    raise exception 'an account is only connected after a recent sign-in' using errcode = '42501';
  end if;
  return null;
end;
$$;

create trigger identities_added after insert on auth.identities
  for each row when (new.provider <> 'email') execute function public.on_identity_added();

-- An attacker could sign up with the address of a victim, through a service that has not verified the address. Supabase then
-- sends the victim an e-mail to confirm the account, and the victim may do so. After that, the attacker could still sign in
-- with the service. So when an address is confirmed, all connected accounts are removed whose service has not verified the
-- address. Supabase marks connected accounts with the same address as verified, but only after it has set email_confirmed_at.
-- The user can connect a removed account again.
create function public.on_email_confirmed()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.identities
  where user_id = new.id and provider <> 'email' and identity_data ->> 'email_verified' is distinct from 'true';
  -- If no identity is left, an identity for e-mail is added. Otherwise Supabase would list no way to sign in.
  if not exists (select from auth.identities where user_id = new.id) then
    insert into auth.identities (id, provider, provider_id, user_id, identity_data, last_sign_in_at, created_at, updated_at)
    values (
      gen_random_uuid(), 'email', new.id::text, new.id,
      jsonb_build_object('sub', new.id, 'email', new.email, 'email_verified', true, 'phone_verified', false), now(), now(), now());
  end if;
  return null;
end;
$$;

create trigger users_email_confirmed after update of email_confirmed_at on auth.users
  for each row when (old.email_confirmed_at is null and new.email_confirmed_at is not null)
  execute function public.on_email_confirmed();

-- Exports. The archives are not stored: each archive is made while it is downloaded. A row contains only the bounds and sizes
-- of the parts. So a part has the same files at every download, unless files are deleted.
create table public.exports (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  -- For each part: `{created_at, id, files, bytes}`. created_at and id are those of the first file of the part. A part ends
  -- before the first file of the next part. If the export has no files, it has one part, whose created_at and id are null.
  parts jsonb not null,
  -- The ids of files whose bytes could not be read in full, although storage lists them. The archives leave out these files.
  lost_files uuid[] not null default '{}',
  -- The export contains only what was created before this time.
  created_at timestamptz(3) not null default now(), -- in ms, as in the tables of files
  expires_at timestamptz not null default now() + interval '24 hours'
);

comment on table public.exports is 'Exports of everything that a user has, which can be downloaded for 24 hours.';

create index exports_user on public.exports (user_id, created_at desc);
create index exports_expired on public.exports (expires_at);

alter table public.exports enable row level security;

create policy "Owners read their exports" on public.exports
  for select to authenticated using ((select auth.uid()) = user_id and expires_at > now());
create policy "Only a complete sign-in reaches rows" on public.exports
  as restrictive for all to authenticated using ((select public.is_admitted()));

revoke all on public.exports from anon, authenticated, public;
grant select on public.exports to authenticated;
grant all on public.exports to service_role;

-- Makes an export of everything that the user has now, in parts of at most p_part_bytes. A file that is larger than that has a
-- part of its own. Returns no row if the user already has p_count exports, which are kept for a day.
create function public.create_export(p_user uuid, p_part_bytes bigint, p_count integer)
returns setof public.exports language plpgsql set search_path = '' as $$
declare
  export public.exports;
  file record;
  part jsonb := '{"created_at": null, "id": null, "files": 0, "bytes": 0}';
begin
  -- This lock makes other calls for this user wait, so that two requests at the same time cannot both make the last allowed
  -- export.
  perform pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended('exports ' || p_user, 0));
  if (select count(*) from public.exports where user_id = p_user and expires_at > now()) >= p_count then return; end if;

  insert into public.exports (user_id, parts) values (p_user, '[]') returning * into export;
  for file in
    -- Files whose deletion can still be undone are included, because they may be restored.
    select id, created_at, bytes from public.sdxl_images where user_id = p_user and created_at < export.created_at
    union all
    select id, created_at, bytes from public.uploads where user_id = p_user and created_at < export.created_at
    order by created_at, id
  loop
    if (part ->> 'files')::integer > 0 and (part ->> 'bytes')::bigint + file.bytes > p_part_bytes then
      export.parts := export.parts || part;
      part := '{"files": 0, "bytes": 0}';
    end if;
    if (part ->> 'files')::integer = 0 then
      part := part || jsonb_build_object('created_at', file.created_at, 'id', file.id);
    end if;
    part := part
      || jsonb_build_object('files', (part ->> 'files')::integer + 1, 'bytes', (part ->> 'bytes')::bigint + file.bytes);
  end loop;
  return query update public.exports set parts = export.parts || part where id = export.id returning *;
end;
$$;

-- Returns the next files of a part of the caller's export, oldest first: at most 1000, because Supabase's API truncates a
-- longer result. p_after_time and p_after_id: the last file of the previous result, or null for the first files. Returns
-- nothing for an export or a part that does not exist.
create function public.list_export_files(p_export uuid, p_part integer, p_after_time timestamptz, p_after_id uuid)
returns table (
  id uuid, created_at timestamptz, kind text, prediction_id uuid, prompt text, seed bigint, name text, storage_path text,
  content_type text, bytes bigint, sha256 text, crc32 bigint, metadata jsonb, is_lost boolean
)
language sql stable security invoker set search_path = '' as $$
  with part as (
    select lost_files,
      coalesce(p_after_time, (parts -> (p_part - 1) ->> 'created_at')::timestamptz) as from_time,
      coalesce(p_after_id, (parts -> (p_part - 1) ->> 'id')::uuid) as from_id,
      coalesce((parts -> p_part ->> 'created_at')::timestamptz, export.created_at) as to_time,
      coalesce((parts -> p_part ->> 'id')::uuid, '00000000-0000-0000-0000-000000000000') as to_id
    from public.exports export where export.id = p_export and p_part between 1 and jsonb_array_length(parts)
  ), media as (
    select image.id, image.created_at, image.kind, image.prediction_id, image.prompt, image.seed, '' as name,
      image.storage_path, image.content_type, image.bytes, image.sha256, image.crc32, null::jsonb as metadata
    from part, public.sdxl_images image
    where image.user_id = (select auth.uid()) and (image.created_at, image.id) >= (from_time, from_id)
      and (image.created_at, image.id) < (to_time, to_id)
      and image.id is distinct from p_after_id
    order by image.created_at, image.id limit 1000
  ), uploads as (
    select upload.id, upload.created_at, 'upload', null::uuid, '', null::bigint, upload.name,
      upload.storage_path, upload.content_type, upload.bytes, upload.sha256, upload.crc32, upload.metadata
    from part, public.uploads upload
    where upload.user_id = (select auth.uid()) and (upload.created_at, upload.id) >= (from_time, from_id)
      and (upload.created_at, upload.id) < (to_time, to_id)
      and upload.id is distinct from p_after_id
    order by upload.created_at, upload.id limit 1000
  )
  select file.*, file.id = any (part.lost_files)
  from part, (select * from media union all select * from uploads) file
  order by file.created_at, file.id limit 1000;
$$;

-- Returns the next predictions of the caller's export, oldest first, at most 1000, each as JSON with its saved files. The JSON is
-- returned as a text, so that the order of the keys in the output and the digits of large numbers stay the same.
create function public.list_export_predictions(p_export uuid, p_after_time timestamptz, p_after_id uuid)
returns table (id uuid, created_at timestamptz, content text)
language sql stable security invoker set search_path = '' as $$
  select asked.id, asked.created_at, json_build_object(
    'id', asked.id,
    'replicate_id', asked.replicate_id,
    'model', asked.model,
    'version', asked.version,
    'tool', asked.tool,
    'parent_image_id', asked.parent_image_id,
    'input', asked.input,
    'status', asked.status,
    'output', asked.output,
    'error', asked.error,
    'save_error', asked.save_error,
    'metrics', asked.metrics,
    'price', asked.price,
    'cost_usd', asked.cost_usd,
    'cost_basis', asked.cost_basis,
    'created_at', asked.created_at,
    'started_at', asked.started_at,
    'completed_at', asked.completed_at,
    'saved_at', asked.saved_at,
    'webhook', asked.webhook,
    'files', (
      select coalesce(json_agg(json_build_object(
        'id', image.id, 'position', image.position, 'kind', image.kind, 'content_type', image.content_type,
        'width', image.width, 'height', image.height, 'duration_ms', image.duration_ms, 'bytes', image.bytes,
        'seed', image.seed, 'favorite', image.favorite, 'alt', image.alt, 'share_token', image.share_token,
        'created_at', image.created_at) order by image.position), '[]')
      from public.sdxl_images image where image.prediction_id = asked.id
    ))::text
  from public.exports export
  join public.predictions asked on asked.user_id = export.user_id and asked.created_at < export.created_at
  where export.id = p_export and (p_after_id is null or (asked.created_at, asked.id) > (p_after_time, p_after_id))
  order by asked.created_at, asked.id limit 1000;
$$;

-- Returns a text that changes whenever the predictions of the caller's export change. It consists of their number and the sum of
-- their revisions. A change of a prediction or of its files increases its revision. A deletion decreases the number. Later
-- predictions do not belong to the export.
create function public.export_revision(p_export uuid)
returns text language sql stable security invoker set search_path = '' as $$
  select count(*) || ' ' || coalesce(sum(asked.revision), 0)
  from public.exports export
  join public.predictions asked on asked.user_id = export.user_id and asked.created_at < export.created_at
  where export.id = p_export;
$$;

-- Records the checksums of files of a user. p_checksums: id -> crc32.
create function public.set_checksums(p_user uuid, p_checksums jsonb)
returns void language sql set search_path = '' as $$
  update public.sdxl_images set crc32 = (p_checksums ->> id::text)::bigint
  where user_id = p_user and id in (select jsonb_object_keys(p_checksums)::uuid);
  update public.uploads set crc32 = (p_checksums ->> id::text)::bigint
  where user_id = p_user and id in (select jsonb_object_keys(p_checksums)::uuid);
$$;

-- Leaves a file out of an export, because its bytes could not be read in full.
create function public.leave_out_of_export(p_export uuid, p_file uuid)
returns void language sql set search_path = '' as $$
  update public.exports set lost_files = lost_files || p_file where id = p_export and p_file <> all (lost_files);
$$;

-- Requested deletions of accounts. The row is deleted together with the account.
create table public.account_deletions (
  user_id uuid primary key references auth.users (id) on delete cascade,
  requested_at timestamptz not null default now(),
  -- When the account will be deleted. Until this time, the user can cancel the deletion.
  due_at timestamptz not null,
  -- Until this time, one server deletes the account. If this server crashes, another server continues after this time.
  leased_until timestamptz
);

comment on table public.account_deletions is 'Accounts that will be deleted at due_at, unless their users keep them.';

create index account_deletions_due on public.account_deletions (due_at);

alter table public.account_deletions enable row level security;

create policy "Owners read the deletion of their account" on public.account_deletions
  for select to authenticated using ((select auth.uid()) = user_id);
create policy "Only a complete sign-in reaches rows" on public.account_deletions
  as restrictive for all to authenticated using ((select public.is_admitted()));

revoke all on public.account_deletions from anon, authenticated, public;
grant select on public.account_deletions to authenticated;
grant all on public.account_deletions to service_role;

-- Requests the deletion of an account in p_days days, and returns when the deletion is due. If the deletion was already
-- requested, its time does not change.
create function public.request_account_deletion(p_user uuid, p_days integer)
returns timestamptz language plpgsql set search_path = '' as $$
begin
  insert into public.account_deletions (user_id, due_at) values (p_user, now() + make_interval(days => p_days))
  on conflict (user_id) do nothing;
  return (select due_at from public.account_deletions where user_id = p_user);
end;
$$;

-- Cancels the requested deletion of an account, if it is not due yet.
create function public.keep_account(p_user uuid)
returns void language sql set search_path = '' as $$
  delete from public.account_deletions where user_id = p_user and due_at > now();
$$;

-- Deletes expired exports. Then leases due account deletions to the caller, and returns the ids of their users. The account of
-- a blocked user is not deleted: otherwise the user could sign up again with the same address, without the block.
create function public.claim_account_deletions(p_limit integer, p_lease_seconds double precision)
returns setof uuid language sql set search_path = '' as $$
  delete from public.exports where expires_at <= now();
  update public.account_deletions set leased_until = now() + make_interval(secs => p_lease_seconds)
  where user_id in (
    select user_id from public.account_deletions deletion
    where due_at <= now() and (leased_until is null or leased_until < now())
      and not exists (select from public.user_limits where user_id = deletion.user_id and blocked_at is not null)
    order by due_at limit p_limit for update skip locked
  )
  returning user_id;
$$;

-- Ends all sessions of a user.
create function public.end_sessions(p_user uuid)
returns void language plpgsql security definer set search_path = '' as $$
begin
  delete from auth.sessions where user_id = p_user;
end;
$$;

-- Deletes at most p_limit predictions of a user, with their files. Returns whether there were any. A deletion of a large account
-- in one statement could exceed the time limit of a statement.
create function public.delete_predictions(p_user uuid, p_limit integer)
returns boolean language plpgsql set search_path = '' as $$
declare
  ids constant uuid[] := array(select id from public.predictions where user_id = p_user order by id limit p_limit);
begin
  perform public.lock_media(array(select id from public.sdxl_images where prediction_id = any (ids)));
  delete from public.predictions where id = any (ids);
  return found;
end;
$$;

-- After an account was deleted, deletes the rows that contain the user's id or e-mail address without a foreign key. Foreign
-- keys are not possible in these tables: some have a row for all users together, and rate_limits has the id or the address
-- only as a part of a name. This trigger runs at the end of the transaction, after the foreign keys have deleted all other
-- rows and the triggers of these rows have run.
-- Security definer: the role that deletes an account has no rights on these tables.
create function public.on_user_deleted()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  delete from public.usage_daily where user_id = old.id;
  -- storage_changes comes before storage_usage: if merge_storage_changes is moving rows from storage_changes to storage_usage,
  -- this statement waits until the rows are moved, and the next statement then deletes them.
  delete from public.storage_changes where user_id = old.id;
  delete from public.storage_usage where user_id = old.id;
  delete from public.rate_limits where strpos(name, old.id::text) > 0 or strpos(name, nullif(old.email, '')) > 0;
  return null;
end;
$$;

create constraint trigger users_deleted after delete on auth.users deferrable initially deferred
  for each row execute function public.on_user_deleted();

revoke execute on function
  public.has_session, public.is_admitted, public.list_sessions, public.end_session, public.session_exists, public.on_identity_change,
  public.on_identity_added, public.on_email_confirmed, public.create_export,
  public.list_export_files, public.list_export_predictions, public.set_checksums, public.leave_out_of_export, public.request_account_deletion,
  public.keep_account, public.claim_account_deletions, public.end_sessions, public.delete_predictions, public.on_user_deleted,
  public.export_revision
from public, anon, authenticated;

grant execute on function
  public.session_exists, public.create_export, public.set_checksums, public.leave_out_of_export,
  public.request_account_deletion, public.keep_account, public.claim_account_deletions, public.end_sessions, public.delete_predictions
to service_role;
-- Functions for users. They show and change only the caller's own data.
grant execute on function
  public.is_admitted, public.list_sessions, public.end_session, public.list_export_files, public.list_export_predictions,
  public.export_revision
to authenticated, service_role;
