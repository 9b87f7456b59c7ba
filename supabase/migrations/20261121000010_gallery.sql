-- The gallery: ways through many pictures, and a colour that stands in each one's place until it is there.

alter table public.sdxl_images
  -- The mean colour of the thumbnail, kept with it.
  add column placeholder text check (placeholder ~ '^#[0-9a-f]{6}$'),
  -- Its prediction's: pictures are looked for by it.
  add column tool text;

update public.sdxl_images image set tool = prediction.tool
from public.predictions prediction where prediction.id = image.prediction_id and prediction.tool is not null;

create function public.note_tool()
returns trigger language plpgsql set search_path = '' as $$
begin
  new.tool := (select tool from public.predictions where id = new.prediction_id);
  return new;
end;
$$;

create trigger sdxl_images_tool before insert on public.sdxl_images
  for each row execute function public.note_tool();

create index sdxl_images_favorites on public.sdxl_images (user_id, created_at desc, id desc) where favorite;
create index sdxl_images_models on public.sdxl_images (user_id, model, created_at desc, id desc);
create index sdxl_images_tools on public.sdxl_images (user_id, tool, created_at desc, id desc) where tool is not null;

-- What the caller's pictures can be looked for by: `{models, tools}`, by name. Goes from name to name in the index, however
-- many pictures each has.
create function public.gallery_choices()
returns jsonb language sql stable security invoker set search_path = '' as $$
  with recursive models as (
    (select model from public.sdxl_images where user_id = (select auth.uid()) order by model limit 1)
    union all
    select (
      select next.model from public.sdxl_images next
      where next.user_id = (select auth.uid()) and next.model > models.model order by next.model limit 1
    )
    from models where models.model is not null
  ), tools as (
    (select tool from public.sdxl_images where user_id = (select auth.uid()) and tool is not null order by tool limit 1)
    union all
    select (
      select next.tool from public.sdxl_images next
      where next.user_id = (select auth.uid()) and next.tool > tools.tool order by next.tool limit 1
    )
    from tools where tools.tool is not null
  )
  select jsonb_build_object(
    'models', (select coalesce(jsonb_agg(model), '[]') from models where model is not null),
    'tools', (select coalesce(jsonb_agg(tool), '[]') from tools where tool is not null));
$$;

revoke execute on function public.note_tool, public.gallery_choices from public, anon, authenticated;
grant execute on function public.gallery_choices to authenticated, service_role;
