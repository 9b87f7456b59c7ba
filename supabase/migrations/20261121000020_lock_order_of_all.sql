-- The order of locking, pictures by id and then predictions by id, where the database locked out of it: what was made from a
-- picture locks it by its reference, and whoever has locked some pictures may not wait for others.

-- Deletes the rows whose time to undo is over (one caller at a time) and uploads that nothing uses, then leases removals that
-- are due to the caller, who empties storage of them. Where a row needs the files after all, nothing is removed.
create or replace function public.claim_removals(p_limit integer, p_lease_seconds double precision)
returns setof text language plpgsql set search_path = '' as $$
declare
  gone uuid[];
begin
  if pg_catalog.pg_try_advisory_xact_lock(pg_catalog.hashtextextended('purge', 0)) then
    gone := array(select id from public.sdxl_images where purge_at <= now() order by purge_at limit p_limit);
    perform public.lock_images(gone);
    -- Some may have been restored before they were locked.
    delete from public.sdxl_images where id = any (gone) and purge_at <= now();
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

-- Records a kept file, once. The answer is the file's row, whether it is new or was there. No row: it was deleted meanwhile,
-- so what was uploaded is removed again.
create or replace function public.keep_image(p_prediction uuid, p_image jsonb)
returns setof public.sdxl_images language plpgsql set search_path = '' as $$
declare
  place constant integer := (p_image ->> 'position')::integer;
  path constant text := p_image ->> 'storage_path';
  maker public.predictions;
begin
  perform from public.sdxl_images
  where id = (select parent_image_id from public.predictions where id = p_prediction) for key share;
  -- The lock makes whoever deletes, or keeps the same file, wait for the end of this.
  select * into maker from public.predictions where id = p_prediction for update;
  return query select * from public.sdxl_images where prediction_id = p_prediction and position = place;
  if found then return; end if;

  if maker.id is null or maker.deleted_images -> place::text is not null then
    insert into public.storage_removals as removal (prefix, prediction_id, position)
    values (regexp_replace(path, '[^.]*$', ''), p_prediction, place)
    on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
    return;
  end if;

  update public.predictions set revision = revision + 1 where id = p_prediction;
  return query
    insert into public.sdxl_images
      (user_id, prediction_id, position, prompt, model, input, seed, storage_path, content_type, width, height, bytes, sha256,
       source_url, parent_image_id)
    values
      (maker.user_id, maker.id, place, coalesce(maker.input ->> 'prompt', ''), maker.model, maker.input,
       (p_image ->> 'seed')::bigint, path, p_image ->> 'content_type', (p_image ->> 'width')::integer,
       (p_image ->> 'height')::integer, (p_image ->> 'bytes')::bigint, p_image ->> 'sha256', p_image ->> 'source_url',
       (select id from public.sdxl_images where id = maker.parent_image_id and user_id = maker.user_id))
    returning *;
end;
$$;

revoke execute on function public.claim_removals, public.keep_image from public, anon, authenticated;
grant execute on function public.claim_removals, public.keep_image to service_role;
