-- Uploads: files that users upload as model inputs, in the browser or with /api/v1/files. The gallery lists them on a page of
-- their own. They are deleted two weeks after their last use.

create table public.uploads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  storage_path text not null unique,
  -- The path of a small version of an uploaded image.
  thumb_path text,
  -- The name of the file on the user's device. Empty if it is not known.
  name text not null default '' check (char_length(name) <= 200),
  content_type text not null,
  -- The size of an image or video as it is shown, upright (px).
  width integer check (width > 0),
  height integer check (height > 0),
  -- The duration of a video or a sound.
  duration_ms integer check (duration_ms >= 0),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The checksum that ZIP archives use. Null: it was not computed yet. It is computed when an archive needs it.
  crc32 bigint check (crc32 between 0 and 4294967295),
  -- The metadata that a client of /api/v1/files sent together with the file. Such a file is stored exactly as it was sent, and
  -- always as a new file. Null: the file was added in the browser.
  metadata jsonb check (jsonb_typeof(metadata) = 'object'),
  -- Null until the bytes are in storage. The row is inserted first, so that every stored file has a row.
  stored_at timestamptz,
  purge_at timestamptz,
  used_at timestamptz not null default now(),
  created_at timestamptz(3) not null default now() -- in ms, because cursors contain ms
);

comment on table public.uploads is 'Files that users upload as model inputs.';
comment on column public.uploads.purge_at is
  'When a deleted upload is removed. Until then it is hidden and can be restored. Null: not deleted.';

-- If a user adds the same file again in the browser, there is no second row: see start_upload.
create unique index uploads_same on public.uploads (user_id, sha256) where metadata is null;
create index uploads_user on public.uploads (user_id, used_at desc);
create index uploads_newest on public.uploads (user_id, created_at desc, id desc);
create index uploads_used on public.uploads (used_at);
create index uploads_purge on public.uploads (purge_at) where purge_at is not null;

alter table public.uploads enable row level security;

create policy "Owners read their uploads" on public.uploads
  for select to authenticated using ((select auth.uid()) = user_id and stored_at is not null and purge_at is null);

revoke all on public.uploads from anon, authenticated, public;
grant select on public.uploads to authenticated;
grant all on public.uploads to service_role;

-- Uploads whose bytes a client sends directly to storage, to a signed URL. Storage accepts the URL for two hours, but only while
-- there is no file at storage_path. So, when a pending upload ends, the server puts a placeholder (a file of one byte) there.
create table public.pending_uploads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  -- The path of the client's file until the file has been checked. The path is random, so that it cannot be guessed.
  storage_path text not null unique,
  name text not null check (char_length(name) <= 200),
  -- The size that the client has announced. These bytes count as stored until the pending upload ends.
  bytes bigint not null check (bytes > 0),
  -- Set when the upload was confirmed, canceled or abandoned, or when its file was refused.
  ended_at timestamptz,
  -- The upload that was created from this pending upload.
  upload_id uuid references public.uploads (id) on delete set null,
  created_at timestamptz not null default now()
);

comment on table public.pending_uploads is 'Uploads whose bytes a client sends directly to storage.';

create index pending_uploads_user on public.pending_uploads (user_id);
create index pending_uploads_created on public.pending_uploads (created_at);
create index pending_uploads_upload on public.pending_uploads (upload_id) where upload_id is not null;

alter table public.pending_uploads enable row level security;

revoke all on public.pending_uploads from anon, authenticated, public;
grant all on public.pending_uploads to service_role;

-- Checks that a user may store one more upload of p_bytes. Returns null, or the limit that would be exceeded, or `blocked`.
-- Until the transaction ends, other uploads of the user wait. So the caller must insert the row in the same transaction.
-- p_limits: `count` is the highest number of uploads of a user, pending uploads included. Files of /api/v1/files
-- (`p_from_api`) are counted separately, so that a script of a user cannot block the user's uploads in the browser.
-- `storage_per_user` and `storage_total` are the highest numbers of stored bytes, or null for no limit. If the user already
-- has `count` uploads, the least recently used one is deleted, but only if it was not used for a day: a queued prediction may
-- need an upload that was used later. A limit in user_limits, which an administrator has set for the user, replaces
-- `storage_per_user`.
create function public.check_upload_limits(p_user uuid, p_bytes bigint, p_limits jsonb, p_from_api boolean)
returns text language plpgsql set search_path = '' as $$
declare
  user_limit bigint := p_limits ->> 'storage_per_user';
  total_limit constant bigint := p_limits ->> 'storage_total';
  own record;
begin
  if not p_limits ?& array['count', 'storage_per_user', 'storage_total'] then
    raise exception 'p_limits must name every limit';
  end if;
  -- Makes other uploads of this user wait, so that two uploads at the same time cannot both use the last free place.
  perform pg_advisory_xact_lock(hashtextextended('uploads ' || p_user, 0));
  select * into own from public.user_limits where user_id = p_user;
  if own.blocked_at is not null then return 'blocked'; end if;
  user_limit := coalesce(own.storage_bytes, user_limit);
  if user_limit < public.stored_bytes(p_user) + p_bytes then return 'storage_limit'; end if;
  if total_limit is not null then
    -- Makes the uploads of all users wait, so that two uploads at the same time cannot both use the last free bytes.
    perform pg_advisory_xact_lock(hashtextextended('uploads', 0));
    if total_limit < public.stored_bytes('00000000-0000-0000-0000-000000000000') + p_bytes then
      return 'storage_total_limit';
    end if;
  end if;

  if (
      select count(*) from public.uploads
      where user_id = p_user and purge_at is null and (metadata is not null) = p_from_api)
    + (select count(*) from public.pending_uploads where user_id = p_user and ended_at is null and not p_from_api)
    >= (p_limits ->> 'count')::integer
  then
    delete from public.uploads where id = (
      select id from public.uploads
      where user_id = p_user and purge_at is null and (metadata is not null) = p_from_api
        and used_at < now() - interval '1 day'
      order by used_at limit 1 for update skip locked
    );
    if not found then return 'upload_limit'; end if;
  end if;
  return null;
end;
$$;

-- Inserts a pending upload. Returns the outcome: `created`, or the limit that would be exceeded. p_limits has the limits of
-- check_upload_limits, and `open`, the highest number of pending uploads that have not ended. A client can send more bytes than
-- it announced, and the additional bytes do not count as stored. So `open` limits the number of such files.
-- A user may have at most `count` pending uploads, including those that have ended. The row of an ended pending upload is deleted
-- after about two hours. Until then, there may be a file at its path that does not count as stored: a file that was still being
-- sent when the pending upload ended may have replaced the placeholder.
create function public.start_pending_upload(p_user uuid, p_pending jsonb, p_limits jsonb)
returns text language plpgsql set search_path = '' as $$
declare
  new_bytes constant bigint := p_pending ->> 'bytes';
  exceeded text;
begin
  exceeded := public.check_upload_limits(p_user, new_bytes, p_limits, false);
  if exceeded is not null then return exceeded; end if;
  if (select count(*) from public.pending_uploads where user_id = p_user and ended_at is null)
    >= (p_limits ->> 'open')::integer
  then
    return 'open_limit';
  end if;
  if (select count(*) from public.pending_uploads where user_id = p_user) >= (p_limits ->> 'count')::integer then
    return 'rate_limit';
  end if;
  insert into public.pending_uploads (id, user_id, storage_path, name, bytes)
  values (
    (p_pending ->> 'id')::uuid, p_user, p_pending ->> 'storage_path', p_pending ->> 'name', new_bytes);
  return 'created';
end;
$$;

-- Ends a pending upload. Its bytes no longer count as stored. The caller has put a placeholder at its path.
create function public.end_pending_upload(p_user uuid, p_id uuid)
returns void language sql set search_path = '' as $$
  update public.pending_uploads set ended_at = now() where id = p_id and user_id = p_user and ended_at is null;
$$;

-- Returns pending uploads that were not confirmed within an hour, or whose user is blocked. They must be ended, because their
-- signed URLs still accept files.
create function public.list_abandoned_uploads(p_limit integer)
returns setof public.pending_uploads language plpgsql stable set search_path = '' as $$
begin
  return query
    select * from public.pending_uploads pending
    where ended_at is null and (
      created_at < now() - interval '1 hour'
      or exists (select from public.user_limits where user_id = pending.user_id and blocked_at is not null))
    order by created_at limit p_limit;
end;
$$;

-- Inserts the row of an upload before its bytes are stored. Returns `{outcome, upload?}`.
-- If the user has already uploaded the same bytes, returns the row of that upload. If that upload was deleted, it is restored,
-- within the same limits as a new upload. If stored_at of that upload is null, another request may still be storing the bytes.
-- In this case, the caller stores the bytes too, at the same path. A file with `metadata` always gets a row of its own, so
-- that a client that deletes its file does not delete the file of another client.
-- p_limits: see check_upload_limits. p_upload may have a `pending_id`: the pending upload that becomes this upload. The
-- pending upload is ended, and its bytes no longer count as stored. If the pending upload has already become an upload, that
-- upload is returned. If there is no such pending upload, or if it has ended without becoming an upload, the outcome is
-- `gone`.
create function public.start_upload(p_user uuid, p_upload jsonb, p_limits jsonb)
returns jsonb language plpgsql set search_path = '' as $$
declare
  new_bytes constant bigint := p_upload ->> 'bytes';
  new_metadata constant jsonb := nullif(p_upload -> 'metadata', 'null');
  source constant uuid := p_upload ->> 'pending_id';
  pending public.pending_uploads;
  upload public.uploads;
  outcome text := 'found';
  exceeded text;
begin
  perform pg_advisory_xact_lock(hashtextextended('uploads ' || p_user, 0));
  if source is not null then
    select * into pending from public.pending_uploads where id = source and user_id = p_user for update;
    select * into upload from public.uploads where id = pending.upload_id and purge_at is null;
    if found then return jsonb_build_object('outcome', 'found', 'upload', to_jsonb(upload)); end if;
    if pending.id is null or pending.ended_at is not null then return jsonb_build_object('outcome', 'gone'); end if;
    update public.pending_uploads set ended_at = now() where id = source;
  end if;

  if new_metadata is null then
    select * into upload from public.uploads
    where user_id = p_user and sha256 = p_upload ->> 'sha256' and metadata is null for update;
  end if;
  if upload.id is null or upload.purge_at is not null then
    exceeded := public.check_upload_limits(p_user, new_bytes, p_limits, new_metadata is not null);
    if exceeded is not null then return jsonb_build_object('outcome', exceeded); end if;
  end if;
  if upload.id is not null then
    update public.uploads set used_at = now(), purge_at = null where id = upload.id returning * into upload;
  else
    insert into public.uploads
      (id, user_id, storage_path, name, content_type, width, height, duration_ms, bytes, sha256, crc32, metadata)
    values (
      (p_upload ->> 'id')::uuid, p_user, p_upload ->> 'storage_path', coalesce(p_upload ->> 'name', ''),
      p_upload ->> 'content_type', (p_upload ->> 'width')::integer, (p_upload ->> 'height')::integer,
      (p_upload ->> 'duration_ms')::integer, new_bytes, p_upload ->> 'sha256', (p_upload ->> 'crc32')::bigint, new_metadata)
    returning * into upload;
    outcome := 'created';
  end if;
  update public.pending_uploads set upload_id = upload.id where id = source;
  return jsonb_build_object('outcome', outcome, 'upload', to_jsonb(upload));
end;
$$;

-- Records that the bytes of an upload are in storage, and the path of its small version. Returns no row if the upload was
-- deleted meanwhile.
create function public.finish_upload(p_id uuid, p_thumb_path text)
returns setof public.uploads language sql set search_path = '' as $$
  update public.uploads set stored_at = now(), used_at = now(), thumb_path = p_thumb_path where id = p_id returning *;
$$;

-- Locks the stored uploads of the user whose ids are in p_ids (a JSON array), in the order of their ids, to avoid deadlocks.
-- Returns the ids of the locked uploads.
create function public.lock_uploads(p_user uuid, p_ids jsonb)
returns setof uuid language sql set search_path = '' as $$
  select id from public.uploads
  where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user and stored_at is not null
  order by id for update;
$$;

-- Marks the stored uploads of the user whose ids are in p_ids (a JSON array) as used now, so that they are kept for two more
-- weeks. Returns these uploads.
create function public.touch_uploads(p_user uuid, p_ids jsonb)
returns setof public.uploads language sql set search_path = '' as $$
  update public.uploads set used_at = now()
  where id = any (array(select public.lock_uploads(p_user, p_ids))) and purge_at is null returning *;
$$;

-- Deletes the user's uploads with these ids (a JSON array) and returns their ids. If p_undo_seconds is greater than 0, they are
-- hidden now and deleted after that time.
create function public.delete_uploads(p_user uuid, p_ids jsonb, p_undo_seconds double precision)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  theirs constant uuid[] := array(select public.lock_uploads(p_user, p_ids));
begin
  if p_undo_seconds > 0 then
    return query
      update public.uploads set purge_at = now() + make_interval(secs => p_undo_seconds)
      where id = any (theirs) and purge_at is null returning id;
  else
    return query delete from public.uploads where id = any (theirs) returning id;
  end if;
end;
$$;

-- Restores deleted uploads whose deletion can still be undone (purge_at has not passed), and returns their ids. Of the uploads
-- that were added in the browser, restores only so many that the user has at most p_count of them afterwards.
create function public.restore_uploads(p_user uuid, p_ids jsonb, p_count integer)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  theirs uuid[];
begin
  perform pg_advisory_xact_lock(hashtextextended('uploads ' || p_user, 0));
  theirs := array(select public.lock_uploads(p_user, p_ids));
  return query
    update public.uploads set purge_at = null where id in (
      select id from public.uploads
      where id = any (theirs) and purge_at > now() and metadata is null
      order by id
      limit greatest(0, p_count
        - (select count(*) from public.uploads where user_id = p_user and purge_at is null and metadata is null)
        - (select count(*) from public.pending_uploads where user_id = p_user and ended_at is null))
    ) or (id = any (theirs) and purge_at > now() and metadata is not null)
    returning id;
end;
$$;

-- After an upload was deleted, adds its file to storage_removals.
-- Security definer: the role that deletes an account has no rights on storage_removals.
create function public.on_upload_deleted()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.storage_removals as removal (prefix, prediction_id)
  values (regexp_replace(old.storage_path, '[^.]*$', ''), old.id)
  on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
  return null;
end;
$$;

create trigger uploads_deleted after delete on public.uploads
  for each row execute function public.on_upload_deleted();

-- After a pending upload was deleted, adds its file to storage_removals. The file is removed a second time 130 minutes after the
-- pending upload was created: by then, storage no longer accepts a file at the signed URL.
create function public.on_pending_upload_deleted()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.storage_removals as removal (prefix, prediction_id, again_at)
  values (
    regexp_replace(old.storage_path, '[^.]*$', ''), old.id,
    greatest(now() + interval '10 minutes', old.created_at + interval '130 minutes'))
  on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
  return null;
end;
$$;

create trigger pending_uploads_deleted after delete on public.pending_uploads
  for each row execute function public.on_pending_upload_deleted();

-- Deletes a recording when the prediction that transcribes it has ended, because the recording was uploaded only for the
-- transcription (see lib/words). The recording is not deleted if it is also in the input of another unfinished prediction.
create function public.on_transcribed()
returns trigger language plpgsql set search_path = '' as $$
begin
  delete from public.uploads
  where user_id = new.user_id and '/api/uploads/' || id in (select value from jsonb_each_text(new.input))
    and not exists (
      select from public.predictions
      where user_id = new.user_id and id <> new.id and status in ('queued', 'starting', 'processing')
        and strpos(input::text, '/api/uploads/' || uploads.id) > 0
    );
  return null;
end;
$$;

create trigger predictions_transcribed after update of status on public.predictions
  for each row when (
    new.tool = 'transcribe' and new.status is distinct from old.status
      and new.status in ('succeeded', 'failed', 'canceled', 'aborted')
  )
  execute function public.on_transcribed();

revoke execute on function
  public.check_upload_limits, public.start_pending_upload, public.end_pending_upload, public.list_abandoned_uploads,
  public.start_upload, public.finish_upload, public.lock_uploads, public.touch_uploads, public.delete_uploads,
  public.restore_uploads, public.on_upload_deleted, public.on_pending_upload_deleted, public.on_transcribed
from public, anon, authenticated;

grant execute on function
  public.check_upload_limits, public.start_pending_upload, public.end_pending_upload, public.list_abandoned_uploads,
  public.start_upload, public.finish_upload, public.lock_uploads, public.touch_uploads, public.delete_uploads,
  public.restore_uploads
to service_role;
