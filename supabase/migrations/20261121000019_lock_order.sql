-- One order of locking wherever several pictures change at once: pictures by id, then their predictions by id. Two orders
-- would be a deadlock.

-- Locks these pictures, those that were made from them (deleting makes orphans of them), and the predictions that the triggers
-- of all of them change, in whatever order the pictures come.
create function public.lock_images(p_ids uuid[])
returns void language plpgsql set search_path = '' as $$
begin
  perform from public.sdxl_images where id = any (p_ids) or parent_image_id = any (p_ids) order by id for update;
  perform from public.predictions
  where id in (select prediction_id from public.sdxl_images where id = any (p_ids)) order by id for no key update;
end;
$$;

-- Deletes those of the person's pictures (a JSON array of ids) that there are, for good or, with seconds to undo it, at first
-- from sight. Answers with their ids.
create or replace function public.delete_images(p_user uuid, p_ids jsonb, p_undo_seconds double precision)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  ids constant uuid[] := array(
    select id from public.sdxl_images
    where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user);
begin
  perform public.lock_images(ids);
  if p_undo_seconds > 0 then
    return query
      update public.sdxl_images set purge_at = now() + make_interval(secs => p_undo_seconds)
      where id = any (ids) and purge_at is null returning id;
  else
    return query delete from public.sdxl_images where id = any (ids) returning id;
  end if;
end;
$$;

-- Takes a deletion back while that is possible. Answers with the ids that are there again.
create or replace function public.restore_images(p_user uuid, p_ids jsonb)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  ids constant uuid[] := array(
    select id from public.sdxl_images
    where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user);
begin
  perform public.lock_images(ids);
  return query update public.sdxl_images set purge_at = null where id = any (ids) and purge_at > now() returning id;
end;
$$;

-- Those of these ids (a JSON array) that are uploads of the person's. They stay for two weeks more.
create or replace function public.use_uploads(p_user uuid, p_ids jsonb)
returns setof uuid language sql set search_path = '' as $$
  with theirs as (
    select id from public.uploads
    where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user and stored_at is not null
    order by id for update
  )
  update public.uploads set used_at = now() where id in (select id from theirs) returning id;
$$;

-- Deletes the rows whose time to undo is over (one caller at a time) and uploads that nothing uses, then leases removals that
-- are due to the caller, who empties storage of them. Where a row needs the files after all, nothing is removed.
create or replace function public.claim_removals(p_limit integer, p_lease_seconds double precision)
returns setof text language plpgsql set search_path = '' as $$
declare
  gone uuid[];
begin
  if pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('purge', 0)) then
    gone := array(
      select id from public.sdxl_images where purge_at <= now() order by id limit p_limit for update skip locked);
    perform public.lock_images(gone);
    delete from public.sdxl_images where id = any (gone);
  end if;
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
  public.lock_images, public.delete_images, public.restore_images, public.use_uploads, public.claim_removals
from public, anon, authenticated;
grant execute on function
  public.lock_images, public.delete_images, public.restore_images, public.use_uploads, public.claim_removals
to service_role;
