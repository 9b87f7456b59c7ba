-- Records an upload whose bytes come next. The same picture again is the same upload. Who has as many as they may loses the
-- one that was not used for the longest time, if that is a day: what waits for a model has its picture until then. No row:
-- there is none such.
create or replace function public.start_upload(p_user uuid, p_upload jsonb, p_most integer)
returns setof public.uploads language plpgsql set search_path = '' as $$
begin
  -- Two at once must not both be the last one.
  perform pg_advisory_xact_lock(hashtextextended('uploads ' || p_user, 0));
  return query
    update public.uploads set used_at = now()
    where user_id = p_user and sha256 = p_upload ->> 'sha256' and stored_at is not null returning *;
  if found then return; end if;
  if (select count(*) from public.uploads where user_id = p_user) >= p_most then
    delete from public.uploads where id = (
      select id from public.uploads where user_id = p_user and used_at < now() - interval '1 day'
      order by used_at limit 1 for update skip locked
    );
    if not found then return; end if;
  end if;
  return query
    insert into public.uploads (id, user_id, storage_path, content_type, width, height, bytes, sha256)
    values (
      (p_upload ->> 'id')::uuid, p_user, p_upload ->> 'storage_path', p_upload ->> 'content_type',
      (p_upload ->> 'width')::integer, (p_upload ->> 'height')::integer, (p_upload ->> 'bytes')::bigint, p_upload ->> 'sha256')
    returning *;
end;
$$;

revoke execute on function public.start_upload from public, anon, authenticated;
grant execute on function public.start_upload to service_role;
