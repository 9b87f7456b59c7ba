-- What is due, apart: rows whose files are to be copied, and all others. Storage that hangs must not hold up what it has no
-- part in.
create function public.due_rows(p_limit integer, p_succeeded boolean)
returns setof uuid language sql stable set search_path = '' as $$
  select id from public.predictions
  where next_at <= now() and (lease_until is null or lease_until < now()) and (status = 'succeeded') = p_succeeded
  order by next_at limit p_limit;
$$;

revoke execute on function public.due_rows from public, anon, authenticated;
grant execute on function public.due_rows to service_role;
