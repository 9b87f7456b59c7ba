-- Uploads: files that users upload as model inputs. The gallery does not show them. They are deleted two weeks after their last
-- use.

create table public.uploads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  storage_path text not null unique,
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Null until the bytes are in storage. The row is inserted first, so that every stored file has a row.
  stored_at timestamptz,
  used_at timestamptz not null default now(),
  created_at timestamptz(3) not null default now(),
  -- If a user uploads the same file again, it is the same upload.
  unique (user_id, sha256)
);

comment on table public.uploads is 'Files that users upload as model inputs.';

create index uploads_user on public.uploads (user_id, used_at desc);
create index uploads_used on public.uploads (used_at);

alter table public.uploads enable row level security;

create policy "Owners read their uploads" on public.uploads
  for select to authenticated using ((select auth.uid()) = user_id and stored_at is not null);

revoke all on public.uploads from anon, authenticated, public;
grant select on public.uploads to authenticated;
grant all on public.uploads to service_role;

-- Inserts the row of an upload before its bytes are stored. Returns `{outcome, upload?}`.
-- If the user has already uploaded the same bytes, returns the existing row. If stored_at of this row is null, the bytes are not
-- stored yet: the caller then stores them too, at the same path.
-- p_limits: `count` is for the uploads of the user, `storage_per_user` and `storage_total` are for stored bytes; null means no
-- limit. If a user with `count` uploads adds one, the least recently used one is deleted, but only if it was not used for a day:
-- a queued prediction may need it.
create function public.start_upload(p_user uuid, p_upload jsonb, p_limits jsonb)
returns jsonb language plpgsql set search_path = '' as $$
declare
  new_bytes constant bigint := p_upload ->> 'bytes';
  user_limit constant bigint := p_limits ->> 'storage_per_user';
  total_limit constant bigint := p_limits ->> 'storage_total';
  upload public.uploads;
begin
  if not p_limits ?& array['count', 'storage_per_user', 'storage_total'] then
    raise exception 'p_limits must name every limit';
  end if;
  -- For each user, only one upload at a time: two must not both take the last free place.
  perform pg_advisory_xact_lock(hashtextextended('uploads ' || p_user, 0));
  update public.uploads set used_at = now()
  where user_id = p_user and sha256 = p_upload ->> 'sha256' returning * into upload;
  if found then return jsonb_build_object('outcome', 'found', 'upload', to_jsonb(upload)); end if;

  if user_limit < public.stored_bytes(p_user) + new_bytes then
    return jsonb_build_object('outcome', 'storage_limit');
  end if;
  if total_limit is not null then
    -- Across all users, only one upload at a time: two must not both take the last free space.
    perform pg_advisory_xact_lock(hashtextextended('uploads', 0));
    if total_limit < public.stored_bytes('00000000-0000-0000-0000-000000000000') + new_bytes then
      return jsonb_build_object('outcome', 'storage_total_limit');
    end if;
  end if;

  if (select count(*) from public.uploads where user_id = p_user) >= (p_limits ->> 'count')::integer then
    delete from public.uploads where id = (
      select id from public.uploads where user_id = p_user and used_at < now() - interval '1 day'
      order by used_at limit 1 for update skip locked
    );
    if not found then return jsonb_build_object('outcome', 'upload_limit'); end if;
  end if;
  insert into public.uploads (id, user_id, storage_path, content_type, width, height, bytes, sha256)
  values (
    (p_upload ->> 'id')::uuid, p_user, p_upload ->> 'storage_path', p_upload ->> 'content_type',
    (p_upload ->> 'width')::integer, (p_upload ->> 'height')::integer, new_bytes, p_upload ->> 'sha256')
  returning * into upload;
  return jsonb_build_object('outcome', 'created', 'upload', to_jsonb(upload));
end;
$$;

-- Records that the bytes are in storage. Returns no row if the upload was deleted in the meantime.
create function public.finish_upload(p_id uuid)
returns setof public.uploads language sql set search_path = '' as $$
  update public.uploads set stored_at = now(), used_at = now() where id = p_id returning *;
$$;

-- Returns those of p_ids (a JSON array) that are stored uploads of the user, and marks these uploads as used now. So they are not
-- deleted for two more weeks.
create function public.touch_uploads(p_user uuid, p_ids jsonb)
returns setof uuid language sql set search_path = '' as $$
  -- The uploads are locked in the order of their ids, to avoid deadlocks.
  with theirs as (
    select id from public.uploads
    where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user and stored_at is not null
    order by id for update
  )
  update public.uploads set used_at = now() where id in (select id from theirs) returning id;
$$;

-- After an upload was deleted, adds its file to storage_removals.
-- Security definer: the role that deletes an account has no rights on this table.
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

revoke execute on function public.start_upload, public.finish_upload, public.touch_uploads, public.on_upload_deleted
from public, anon, authenticated;

grant execute on function public.start_upload, public.finish_upload, public.touch_uploads to service_role;
