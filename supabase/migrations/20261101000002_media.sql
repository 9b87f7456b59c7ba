-- Media: one row for each output file in our storage. The table must keep the name `sdxl_images`, because programs outside
-- this repository may use this name.
--
-- Lock order, to avoid deadlocks: first media, in the order of their ids, then their predictions, in the order of their ids. A
-- caller that has locked some media must not wait for locks on more media. Inserting media also locks the row of its parent,
-- because of the foreign key parent_image_id.

create table public.sdxl_images (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  prediction_id uuid not null references public.predictions (id) on delete cascade,
  position integer not null check (position >= 0),

  -- These columns are copied from the prediction, because the gallery shows them and filters by them.
  prompt text not null default '',
  model text not null,
  tool text,
  input jsonb not null,
  seed bigint,
  -- The media from which this media was generated.
  parent_image_id uuid references public.sdxl_images (id) on delete set null,
  -- For media without a prompt: the prompt of the nearest ancestor that has a prompt.
  subject text,
  prompt_words tsvector generated always as (to_tsvector('simple', prompt)) stored,

  storage_path text not null unique,
  thumb_path text,
  -- The mean color of the thumbnail, shown until the thumbnail has loaded.
  placeholder text check (placeholder ~ '^#[0-9a-f]{6}$'),
  content_type text not null,
  kind text not null generated always as (
    case split_part(content_type, '/', 1)
      when 'image' then 'image'
      when 'video' then 'video'
      when 'audio' then 'audio'
      when 'model' then 'model3d'
      else 'file'
    end
  ) stored,
  -- The size of an image or video as it is shown, upright (px). An image that cannot be decoded has no size, no thumbnail and no
  -- preview.
  width integer check (width > 0),
  height integer check (height > 0),
  -- The duration of a video or a sound.
  duration_ms integer check (duration_ms >= 0),
  -- The path of an image with the first frame of a video, at most 1200 px.
  poster_path text,
  -- May be zero, because a model can return an empty text file.
  bytes bigint not null check (bytes >= 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  -- The checksum that ZIP archives use. Null: it was not computed yet. It is computed when an archive needs it.
  crc32 bigint check (crc32 between 0 and 4294967295),
  source_url text not null,

  favorite boolean not null default false,
  -- The owner's alternative text for screen readers. Null: the prompt is read.
  alt text check (char_length(alt) between 1 and 2000),
  share_token text unique,
  -- When an administrator ended the sharing of this file. Null: the owner may share it.
  taken_down_at timestamptz check (taken_down_at is null or share_token is null),
  purge_at timestamptz,
  created_at timestamptz(3) not null default now(), -- in ms, because cursors contain ms
  unique (prediction_id, position)
);

comment on table public.sdxl_images is 'One row for each output file in our storage, from any model.';
comment on column public.sdxl_images.purge_at is
  'When deleted media is removed. Until then it is hidden and can be restored. Null: not deleted.';

create index sdxl_images_gallery on public.sdxl_images (user_id, created_at desc, id desc);
create index sdxl_images_favorites on public.sdxl_images (user_id, created_at desc, id desc) where favorite;
create index sdxl_images_models on public.sdxl_images (user_id, model, created_at desc, id desc);
create index sdxl_images_kinds on public.sdxl_images (user_id, kind, created_at desc, id desc);
create index sdxl_images_tools on public.sdxl_images (user_id, tool, created_at desc, id desc) where tool is not null;
create index sdxl_images_prompt_words on public.sdxl_images using gin (prompt_words);
create index sdxl_images_children on public.sdxl_images (parent_image_id) where parent_image_id is not null;
create index sdxl_images_purge on public.sdxl_images (purge_at) where purge_at is not null;

alter table public.sdxl_images enable row level security;

create policy "Owners read their images" on public.sdxl_images
  for select to authenticated using ((select auth.uid()) = user_id and purge_at is null);

create policy "Owners mark their images" on public.sdxl_images
  for update to authenticated using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);

revoke all on public.sdxl_images from anon, authenticated, public;
grant select on public.sdxl_images to authenticated;
grant update (favorite, alt) on public.sdxl_images to authenticated;
grant all on public.sdxl_images to service_role;

-- Returns the row of a saved file, and inserts it first if it is missing. If the file was deleted in the meantime, returns no
-- row, and adds the file to storage_removals, because its bytes are already in storage.
create function public.save_media(p_prediction uuid, p_media jsonb)
returns setof public.sdxl_images language plpgsql set search_path = '' as $$
declare
  place constant integer := (p_media ->> 'position')::integer;
  path constant text := p_media ->> 'storage_path';
  maker public.predictions;
begin
  -- The parent is locked first, because media come before predictions in the lock order.
  perform from public.sdxl_images
  where id = (select parent_image_id from public.predictions where id = p_prediction) for key share;
  -- Other callers that delete or save the same file wait for this lock.
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
      (user_id, prediction_id, position, prompt, model, input, seed, storage_path, content_type, width, height, duration_ms,
       bytes, sha256, crc32, source_url, parent_image_id)
    values
      -- The prompt of a speech model is in the input `text`.
      (maker.user_id, maker.id, place, coalesce(maker.input ->> 'prompt', maker.input ->> 'text', ''), maker.model, maker.input,
       (p_media ->> 'seed')::bigint, path, p_media ->> 'content_type', (p_media ->> 'width')::integer,
       (p_media ->> 'height')::integer, (p_media ->> 'duration_ms')::integer, (p_media ->> 'bytes')::bigint,
       p_media ->> 'sha256', (p_media ->> 'crc32')::bigint, p_media ->> 'source_url',
       (select id from public.sdxl_images where id = maker.parent_image_id and user_id = maker.user_id))
    returning *;
end;
$$;

-- Marks a prediction as saved if all of its files are saved or were deleted by the user. Returns no row if a file is missing,
-- or if the caller does not have the lease. p_files is 0 for an output without files, such as a text. p_output: `{value}`, the
-- output without file contents (data URLs).
create function public.mark_prediction_saved(
  p_id uuid, p_lease uuid, p_files integer, p_output json, p_save_error text
)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set saved_at = now(), save_error = p_save_error, output = coalesce(p_output -> 'value', output),
      next_at = null, lease_token = null, lease_until = null, revision = revision + 1
  where id = p_id and lease_token = p_lease and status = 'succeeded' and saved_at is null
    and p_files =
      (select count(*) from public.sdxl_images where prediction_id = p_id and purge_at is null)
      + (select count(*) from jsonb_object_keys(deleted_images))
  returning *;
$$;

-- Call this before the media with these ids are deleted or restored. Locks the media and their children, because deleting a
-- parent sets the parent_image_id of its children to null. Then locks the predictions that the triggers below change. The
-- order of the locks is explained at the top of this file.
create function public.lock_media(p_ids uuid[])
returns void language plpgsql set search_path = '' as $$
begin
  perform from public.sdxl_images where id = any (p_ids) or parent_image_id = any (p_ids) order by id for update;
  perform from public.predictions
  where id in (select prediction_id from public.sdxl_images where id = any (p_ids)) order by id for no key update;
end;
$$;

-- Deletes the user's media with these ids (a JSON array) and returns their ids. If p_undo_seconds is greater than 0, the media
-- are hidden now and deleted after that time.
create function public.delete_media(p_user uuid, p_ids jsonb, p_undo_seconds double precision)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  ids constant uuid[] := array(
    select id from public.sdxl_images
    where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user);
begin
  perform public.lock_media(ids);
  if p_undo_seconds > 0 then
    return query
      update public.sdxl_images set purge_at = now() + make_interval(secs => p_undo_seconds)
      where id = any (ids) and purge_at is null returning id;
  else
    return query delete from public.sdxl_images where id = any (ids) returning id;
  end if;
end;
$$;

-- Restores deleted media whose deletion can still be undone (purge_at has not passed), and returns their ids.
create function public.restore_media(p_user uuid, p_ids jsonb)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  ids constant uuid[] := array(
    select id from public.sdxl_images
    where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user);
begin
  perform public.lock_media(ids);
  return query update public.sdxl_images set purge_at = null where id = any (ids) and purge_at > now() returning id;
end;
$$;

-- Returns the share token of the user's media: the existing one, or else p_token. Returns null if an administrator has ended
-- the sharing of this media, and no row if the user has no such media.
create function public.share_media(p_user uuid, p_id uuid, p_token text)
returns setof text language sql set search_path = '' as $$
  update public.sdxl_images set share_token = case when taken_down_at is null then coalesce(share_token, p_token) end
  where id = p_id and user_id = p_user and purge_at is null
  returning share_token;
$$;

-- Returns the ancestors of the caller's media, nearest first, at most 20.
create function public.list_media_parents(p_id uuid)
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

-- Returns the kinds, models and tools in the caller's gallery: `{kinds, models, tools}`. Each step of a recursive query jumps to
-- the next name in the index, so the time does not depend on the number of rows.
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
  ), kinds as (
    select kind, place
    from unnest(array['image', 'video', 'audio', 'model3d', 'file']) with ordinality as known (kind, place)
    where exists (
      select from public.sdxl_images media where media.user_id = (select auth.uid()) and media.kind = known.kind
    )
  )
  select jsonb_build_object(
    'kinds', (select coalesce(jsonb_agg(kind order by place), '[]') from kinds),
    'models', (select coalesce(jsonb_agg(model), '[]') from models where model is not null),
    'tools', (select coalesce(jsonb_agg(tool), '[]') from tools where tool is not null));
$$;

-- Copies values from other rows into a new row: the tool of its prediction and the subject of its parent.
create function public.on_media_insert()
returns trigger language plpgsql set search_path = '' as $$
begin
  new.tool := (select tool from public.predictions where id = new.prediction_id);
  if new.prompt = '' and new.parent_image_id is not null then
    new.subject := (
      select coalesce(nullif(prompt, ''), subject) from public.sdxl_images
      where id = new.parent_image_id and user_id = new.user_id
    );
  end if;
  return new;
end;
$$;

create trigger sdxl_images_insert before insert on public.sdxl_images
  for each row execute function public.on_media_insert();

-- The API shows media in their prediction, so a change of media must increase the prediction's revision, which is part of the
-- ETag. Triggers do this for every kind of change: by the user, by an administrator, and when an account is deleted. They are
-- security definer, because the roles that make these changes have no rights on public.predictions.

-- Runs after a change of the favorite, the alternative text, the share link, the permission to share, or the poster.
create function public.on_media_marked()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.predictions set revision = revision + 1 where id = new.prediction_id;
  return null;
end;
$$;

create trigger sdxl_images_marked after update of favorite, alt, share_token, taken_down_at, poster_path on public.sdxl_images
  for each row when (
    (old.favorite, old.alt, old.share_token, old.taken_down_at, old.poster_path)
      is distinct from (new.favorite, new.alt, new.share_token, new.taken_down_at, new.poster_path)
  )
  execute function public.on_media_marked();

-- Runs after media was hidden or restored.
create function public.on_media_hidden()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.predictions
  set revision = revision + 1,
      deleted_images = case
        when new.purge_at is null then deleted_images - new.position::text
        else deleted_images || jsonb_build_object(new.position::text, new.id)
      end
  where id = new.prediction_id;
  return null;
end;
$$;

create trigger sdxl_images_hidden after update of purge_at on public.sdxl_images
  for each row when ((old.purge_at is null) <> (new.purge_at is null)) execute function public.on_media_hidden();

-- Runs after media was deleted, because its file must be removed from storage.
create function public.on_media_deleted()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.predictions
  set revision = revision + 1, deleted_images = deleted_images || jsonb_build_object(old.position::text, old.id)
  where id = old.prediction_id;
  insert into public.storage_removals as removal (prefix, prediction_id, position)
  values (regexp_replace(old.storage_path, '[^.]*$', ''), old.prediction_id, old.position)
  on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
  return null;
end;
$$;

create trigger sdxl_images_deleted after delete on public.sdxl_images
  for each row execute function public.on_media_deleted();

revoke execute on function
  public.save_media, public.mark_prediction_saved, public.lock_media, public.delete_media, public.restore_media,
  public.share_media, public.list_media_parents, public.gallery_choices, public.on_media_insert, public.on_media_marked,
  public.on_media_hidden, public.on_media_deleted
from public, anon, authenticated;

grant execute on function
  public.save_media, public.mark_prediction_saved, public.lock_media, public.delete_media, public.restore_media,
  public.share_media
to service_role;
-- Users may call these two functions, because the functions run with the caller's rights, under row level security.
grant execute on function public.list_media_parents, public.gallery_choices to authenticated, service_role;
