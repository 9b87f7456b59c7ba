-- Kept pictures. The table's name is part of the public contract; it holds images of every model.

create table public.sdxl_images (
  id uuid primary key default gen_random_uuid(),
  user_id uuid not null references auth.users (id) on delete cascade,
  prediction_id uuid not null references public.predictions (id) on delete cascade,
  position integer not null check (position >= 0),
  prompt text not null default '',
  model text not null,
  input jsonb not null,
  seed bigint,
  storage_path text not null unique,
  thumb_path text,
  content_type text not null check (content_type in ('image/png', 'image/jpeg', 'image/webp', 'image/gif')),
  width integer not null check (width > 0),
  height integer not null check (height > 0),
  bytes bigint not null check (bytes > 0),
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  source_url text not null,
  parent_image_id uuid references public.sdxl_images (id) on delete set null,
  favorite boolean not null default false,
  share_token text unique,
  created_at timestamptz(3) not null default now(), -- ms: what a cursor can carry
  prompt_words tsvector generated always as (to_tsvector('simple', prompt)) stored,
  unique (prediction_id, position)
);

comment on table public.sdxl_images is 'One row for each output file that is in our storage, of whatever model.';

create index sdxl_images_gallery on public.sdxl_images (user_id, created_at desc, id desc);
create index sdxl_images_children on public.sdxl_images (parent_image_id) where parent_image_id is not null;
create index sdxl_images_prompt_words on public.sdxl_images using gin (prompt_words);

alter table public.sdxl_images enable row level security;

create policy "Owners read their images" on public.sdxl_images
  for select to authenticated using ((select auth.uid()) = user_id);

create policy "Owners mark favorites" on public.sdxl_images
  for update to authenticated using ((select auth.uid()) = user_id) with check ((select auth.uid()) = user_id);

revoke all on public.sdxl_images from anon, authenticated, public;
grant select on public.sdxl_images to authenticated;
grant update (favorite) on public.sdxl_images to authenticated;
grant all on public.sdxl_images to service_role;

-- Bytes are reached through /api/media alone: a private bucket, and no client policy on storage.objects.
insert into storage.buckets (id, name, public, file_size_limit, allowed_mime_types)
values ('images', 'images', false, 26214400, array['image/png', 'image/jpeg', 'image/webp', 'image/gif'])
on conflict (id) do nothing;
