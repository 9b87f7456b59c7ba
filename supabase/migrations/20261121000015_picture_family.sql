-- Where a picture comes from: what it was made of, and what it shows when its own request had no prompt.

alter table public.sdxl_images
  -- Of a picture without a prompt: that of the nearest one it was made from that has one.
  add column subject text;

-- Until now only what was made larger in the feed named its parent.
update public.sdxl_images image set parent_image_id = parent.id
from public.sdxl_images parent
where image.parent_image_id is null and image.user_id = parent.user_id and image.id <> parent.id
  and image.input ->> 'image' = '/api/media/' || parent.id::text;

with recursive told as (
  select id, prompt as subject from public.sdxl_images where prompt <> ''
  union all
  select child.id, told.subject
  from told join public.sdxl_images child on child.parent_image_id = told.id
  where child.prompt = ''
)
update public.sdxl_images image set subject = told.subject from told where told.id = image.id and image.prompt = '';

create function public.note_subject()
returns trigger language plpgsql set search_path = '' as $$
begin
  new.subject := (
    select coalesce(nullif(prompt, ''), subject) from public.sdxl_images
    where id = new.parent_image_id and user_id = new.user_id
  );
  return new;
end;
$$;

create trigger sdxl_images_subject before insert on public.sdxl_images
  for each row when (new.prompt = '' and new.parent_image_id is not null) execute function public.note_subject();

-- What a picture of the caller's was made from, and what that was made from, and so on: the nearest first.
create function public.image_parents(p_id uuid)
returns setof public.sdxl_images language sql stable security invoker set search_path = '' as $$
  with recursive chain as (
    select parent_image_id as id, 1 as depth from public.sdxl_images where id = p_id
    union all
    select image.parent_image_id, chain.depth + 1
    from chain join public.sdxl_images image on image.id = chain.id
    where chain.depth < 20
  )
  select image.* from chain join public.sdxl_images image on image.id = chain.id order by chain.depth;
$$;

revoke execute on function public.note_subject, public.image_parents from public, anon, authenticated;
grant execute on function public.image_parents to authenticated, service_role;
