-- The history: what came of a prediction in one word to look for, and the totals of the last 30 days.

-- In the words of the pages: finished is not enough to be saved, and what can never be saved has failed.
alter table public.predictions add column outcome text generated always as (
  case
    when status in ('queued', 'starting', 'processing') then 'running'
    when status in ('canceled', 'aborted') then 'canceled'
    when status = 'failed' then 'failed'
    when saved_at is not null then 'saved'
    when save_error is null or save_error = 'retrying' then 'running'
    else 'failed'
  end
) stored;

create index predictions_history_outcome on public.predictions (user_id, outcome, created_at desc, id desc);
create index predictions_history_model on public.predictions (user_id, model, created_at desc, id desc);

-- By day (UTC) and model, over the last 30 days: how much the caller asked for, and what came of it. As the caller, under
-- row level security. A picture that was deleted since has been made all the same.
create function public.history_totals()
returns table (day date, model text, predictions bigint, failed bigint, images bigint, seconds double precision)
language sql stable security invoker set search_path = '' as $$
  select
    (asked.created_at at time zone 'utc')::date,
    asked.model,
    count(*),
    count(*) filter (where asked.outcome = 'failed'),
    coalesce(sum(kept.images), 0)::bigint,
    coalesce(sum((asked.metrics ->> 'predict_time')::double precision)
      filter (where jsonb_typeof(asked.metrics -> 'predict_time') = 'number'), 0)
  from public.predictions asked
  cross join lateral (
    select case when asked.status = 'succeeded' then
      (select count(*) from public.sdxl_images image where image.prediction_id = asked.id)
      + (select count(*) from jsonb_object_keys(asked.deleted_images))
    else 0 end as images
  ) kept
  where asked.user_id = (select auth.uid())
    and asked.created_at >= ((now() at time zone 'utc')::date - 29)::timestamp at time zone 'utc'
  group by 1, 2;
$$;

-- The models that the caller has ever asked for. Goes from name to name in the index, however many rows each has.
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

revoke execute on function public.history_totals, public.history_models from public, anon;
grant execute on function public.history_totals, public.history_models to authenticated, service_role;
