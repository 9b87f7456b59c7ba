-- History: functions of the history page and the prompt menu. All of them run with the caller's rights, under row level
-- security.

-- Returns totals of the caller's last 30 days by day (UTC) and model: `[{day, model, predictions, failed, images, seconds,
-- usd}]`. Deleted images count too. Returns one JSON value, because Supabase's API truncates a result after a thousand rows.
create function public.history_totals()
returns jsonb language sql stable security invoker set search_path = '' as $$
  select coalesce(jsonb_agg(to_jsonb(total)), '[]')
  from (
    select
      (asked.created_at at time zone 'utc')::date as day,
      asked.model,
      count(*) as predictions,
      count(*) filter (where asked.outcome = 'failed') as failed,
      coalesce(sum(saved.images), 0)::bigint as images,
      coalesce(sum((asked.metrics ->> 'predict_time')::double precision)
        filter (where jsonb_typeof(asked.metrics -> 'predict_time') = 'number'), 0) as seconds,
      coalesce(sum(asked.cost_usd), 0) as usd
    from public.predictions asked
    cross join lateral (
      select case when asked.status = 'succeeded' then
        (select count(*) from public.sdxl_images image where image.prediction_id = asked.id)
        + (select count(*) from jsonb_object_keys(asked.deleted_images))
      else 0 end as images
    ) saved
    where asked.user_id = (select auth.uid())
      and asked.created_at >= ((now() at time zone 'utc')::date - 29)::timestamp at time zone 'utc'
    group by 1, 2
  ) total;
$$;

-- Returns the models that the caller has ever used, sorted. Each step of the recursive query jumps to the next name in the index,
-- so the time does not depend on the number of rows.
create function public.history_models()
returns setof text language sql stable security invoker set search_path = '' as $$
  with recursive known as (
    (select model from public.predictions where user_id = (select auth.uid()) order by model limit 1)
    union all
    select (
      select next.model from public.predictions next
      where next.user_id = (select auth.uid()) and next.model > known.model
      order by next.model limit 1
    )
    from known where known.model is not null
  )
  select model from known where model is not null;
$$;

-- Returns the caller's last prompts, newest first and without repetitions: p_limit of them, but at most 200. Reads only the last
-- ten thousand predictions, so that it is fast for every user.
create function public.recent_prompts(p_limit integer)
returns setof text language plpgsql stable security invoker set search_path = '' as $$
declare
  words text;
  known text[] := '{}';
begin
  for words in
    select btrim(input ->> 'prompt', E' \t\r\n') from public.predictions
    where user_id = (select auth.uid()) and coalesce(tool, '') not in ('improve', 'describe', 'transcribe')
    order by created_at desc, id desc limit 10000
  loop
    exit when cardinality(known) >= least(p_limit, 200);
    continue when words is null or words = '' or words = any (known);
    known := known || words;
    return next words;
  end loop;
end;
$$;

revoke execute on function public.history_totals, public.history_models, public.recent_prompts from public, anon;
grant execute on function public.history_totals, public.history_models, public.recent_prompts to authenticated, service_role;
