-- The totals of the last 30 days as one value: an answer of rows is cut at a thousand, and who uses many models has more of
-- them. `history_totals` stays for servers of earlier versions.
create function public.history_sums()
returns jsonb language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(total)), '[]') from public.history_totals() total;
$$;

revoke execute on function public.history_sums from public, anon;
grant execute on function public.history_sums to authenticated, service_role;
