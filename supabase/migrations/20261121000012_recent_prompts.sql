-- The caller's last different prompts, the last one first. Goes back from the newest prediction until there are so many, in
-- the order of `predictions_history`, and not further than ten thousand: as quick for those who made a million. As the
-- caller, under row level security.
create function public.recent_prompts(p_limit integer)
returns setof text language plpgsql stable security invoker set search_path = '' as $$
declare
  words text;
  known text[] := '{}';
begin
  for words in
    select btrim(input ->> 'prompt', E' \t\r\n') from public.predictions
    where user_id = (select auth.uid()) order by created_at desc, id desc limit 10000
  loop
    exit when cardinality(known) >= least(p_limit, 200);
    continue when words is null or words = '' or words = any (known);
    known := known || words;
    return next words;
  end loop;
end;
$$;

revoke execute on function public.recent_prompts from public, anon;
grant execute on function public.recent_prompts to authenticated, service_role;
