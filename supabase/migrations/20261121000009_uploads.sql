-- Pictures that a person brings along, for models to work on. They are no results: the gallery does not show them, and they go
-- when nothing has used them for two weeks.

create table public.uploads (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  storage_path text not null unique,
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- Null until storage has the bytes: the row exists first, so that no object is ever without one.
  stored_at timestamptz,
  used_at timestamptz not null default now(),
  created_at timestamptz(3) not null default now()
);

comment on table public.uploads is 'Pictures that people gave to models to work on, for as long as they are used.';

create index uploads_of_person on public.uploads (user_id, used_at desc);
create index uploads_used on public.uploads (used_at);

alter table public.uploads enable row level security;

create policy "Owners read their uploads" on public.uploads
  for select to authenticated using ((select auth.uid()) = user_id and stored_at is not null);

revoke all on public.uploads from anon, authenticated, public;
grant select on public.uploads to authenticated;
grant all on public.uploads to service_role;

-- Records an upload whose bytes come next. The same picture again is the same upload. No row: the person has as many as they
-- may.
create function public.start_upload(p_user uuid, p_upload jsonb, p_most integer)
returns setof public.uploads language plpgsql set search_path = '' as $$
begin
  -- Two at once must not both be the last one.
  perform pg_advisory_xact_lock(hashtextextended('uploads ' || p_user, 0));
  return query
    update public.uploads set used_at = now()
    where user_id = p_user and sha256 = p_upload ->> 'sha256' and stored_at is not null returning *;
  if found or (select count(*) from public.uploads where user_id = p_user) >= p_most then return; end if;
  return query
    insert into public.uploads (id, user_id, storage_path, content_type, width, height, bytes, sha256)
    values (
      (p_upload ->> 'id')::uuid, p_user, p_upload ->> 'storage_path', p_upload ->> 'content_type',
      (p_upload ->> 'width')::integer, (p_upload ->> 'height')::integer, (p_upload ->> 'bytes')::bigint, p_upload ->> 'sha256')
    returning *;
end;
$$;

-- Says that storage has the bytes.
create function public.finish_upload(p_id uuid)
returns setof public.uploads language sql set search_path = '' as $$
  update public.uploads set stored_at = now(), used_at = now() where id = p_id returning *;
$$;

-- Those of these ids (a JSON array) that are uploads of the person's. They stay for two weeks more.
create function public.use_uploads(p_user uuid, p_ids jsonb)
returns setof uuid language sql set search_path = '' as $$
  update public.uploads set used_at = now()
  where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user and stored_at is not null
  returning id;
$$;

-- Security definer: the role that deletes an account may do nothing here.
create function public.note_deleted_upload()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.storage_removals as removal (prefix, prediction_id)
  values (regexp_replace(old.storage_path, '[^.]*$', ''), old.id)
  on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
  return null;
end;
$$;

create trigger uploads_deleted after delete on public.uploads
  for each row execute function public.note_deleted_upload();

-- Deletes the rows whose time to undo is over and uploads that nothing uses, then leases removals that are due to the caller,
-- who empties storage of them. Where a row needs the files after all, nothing is removed.
create or replace function public.claim_removals(p_limit integer, p_lease_seconds double precision)
returns setof text language plpgsql set search_path = '' as $$
begin
  delete from public.sdxl_images where id in (
    select id from public.sdxl_images where purge_at <= now() order by id limit p_limit for update skip locked
  );
  delete from public.uploads where id in (
    select id from public.uploads
    where used_at < now() - interval '14 days' or (stored_at is null and used_at < now() - interval '1 hour')
    order by id limit p_limit for update skip locked
  );
  delete from public.storage_removals removal where removal.due_at <= now() and exists (
    select from public.sdxl_images image
    where image.prediction_id = removal.prediction_id and (removal.position is null or image.position = removal.position)
  );
  return query
    update public.storage_removals set due_at = now() + make_interval(secs => p_lease_seconds)
    where prefix in (
      select prefix from public.storage_removals where due_at <= now() order by due_at limit p_limit for update skip locked
    )
    returning prefix;
end;
$$;

revoke execute on function
  public.start_upload, public.finish_upload, public.use_uploads, public.note_deleted_upload, public.claim_removals
from public, anon, authenticated;

grant execute on function public.start_upload, public.finish_upload, public.use_uploads, public.claim_removals to service_role;
