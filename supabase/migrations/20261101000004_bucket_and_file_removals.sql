-- Storage: the bucket, and the files to remove from it.

-- The bucket is private, and storage.objects has no policies: clients reach files only through the app's API. The bucket
-- accepts files of any type. At first, a file may have at most 50 MB, which is the limit of a new Supabase project. When the
-- app starts, it raises the limit of the bucket to MAX_FILE_MB.
insert into storage.buckets (id, name, public, file_size_limit)
values ('images', 'images', false, 52428800)
on conflict (id) do nothing;

-- Files that no row needs. Each file is removed twice, the second time at again_at, because a server may still have been
-- storing the file during the first removal.
create table public.storage_removals (
  -- All files whose path starts with this prefix are removed: `<user>/<prediction>/<position>.`, or `<user>/<prediction>/` for
  -- all files of a prediction.
  prefix text primary key,
  -- For the files of a prediction: its id. For the file of an upload: the id of the upload.
  prediction_id uuid not null,
  position integer,
  due_at timestamptz not null default now(),
  again_at timestamptz default now() + interval '10 minutes'
);

comment on table public.storage_removals is
  'Files that must be removed from storage. Each row is deleted after the second removal of its files.';

create index storage_removals_due on public.storage_removals (due_at);

alter table public.storage_removals enable row level security;

revoke all on public.storage_removals from anon, authenticated, public;
grant all on public.storage_removals to service_role;

-- Deletes unused uploads, old pending uploads, and media and uploads whose deletion can no longer be undone. Then leases due
-- removals to the caller and returns their prefixes. The caller removes the files from storage.
create function public.claim_storage_removals(p_limit integer, p_lease_seconds double precision)
returns setof text language plpgsql set search_path = '' as $$
declare
  expired uuid[];
begin
  -- Only one caller at a time runs this part. A second caller would wait for the locks on the same media.
  if pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('purge', 0)) then
    expired := array(select id from public.sdxl_images where purge_at <= now() order by purge_at limit p_limit);
    perform public.lock_media(expired);
    -- purge_at is checked again, because some media may have been restored before they were locked.
    delete from public.sdxl_images where id = any (expired) and purge_at <= now();
    perform public.merge_storage_changes();
  end if;
  delete from public.uploads where id in (
    select id from public.uploads
    where used_at < now() - interval '14 days' or (stored_at is null and used_at < now() - interval '1 hour')
      or purge_at <= now()
    order by id limit p_limit for update skip locked
  );
  -- After 130 minutes, storage no longer accepts the signed URL of a pending upload, which is valid for two hours.
  delete from public.pending_uploads where id in (
    select id from public.pending_uploads where created_at < now() - interval '130 minutes'
    order by id limit p_limit for update skip locked
  );
  -- Drops the removals of files that a row still needs, so that such a file is never removed.
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

-- Records that the files with these prefixes (a JSON array) were removed. After the first removal of a prefix, schedules the
-- second one. After the second removal, deletes the row of the prefix.
create function public.finish_storage_removals(p_prefixes jsonb)
returns void language sql set search_path = '' as $$
  delete from public.storage_removals
  where again_at is null and prefix in (select jsonb_array_elements_text(p_prefixes));
  update public.storage_removals set due_at = again_at, again_at = null
  where again_at is not null and prefix in (select jsonb_array_elements_text(p_prefixes));
$$;

-- Returns the paths in p_paths (a JSON array) at which the bucket has no file.
create function public.list_missing_files(p_paths jsonb)
returns setof text language sql stable set search_path = '' as $$
  select path from jsonb_array_elements_text(p_paths) path
  where not exists (select from storage.objects where bucket_id = 'images' and name = path);
$$;

revoke execute on function
  public.claim_storage_removals, public.finish_storage_removals, public.list_missing_files
from public, anon, authenticated;
grant execute on function
  public.claim_storage_removals, public.finish_storage_removals, public.list_missing_files
to service_role;
