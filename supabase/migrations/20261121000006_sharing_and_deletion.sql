-- Sharing, and deleting without a remainder: a deleted picture is hidden at once, its row goes when the time to undo is
-- over, and its files go as soon as storage answers, whoever deleted the row and whatever died in between.

alter table public.sdxl_images add column purge_at timestamptz;

comment on column public.sdxl_images.purge_at is 'Deleted: hidden from now on, gone at this time. Until then it can be restored.';

create index sdxl_images_purge on public.sdxl_images (purge_at) where purge_at is not null;

alter policy "Owners read their images" on public.sdxl_images
  using ((select auth.uid()) = user_id and purge_at is null);

-- By position the ids of deleted pictures. They are neither shown nor kept a second time.
alter table public.predictions add column deleted_images jsonb not null default '{}';

-- Objects that no row needs any more. Removed once more at again_at: an upload that was on its way may have arrived since.
create table public.storage_removals (
  -- Everything in the bucket whose path begins with this: `<user>/<prediction>/<position>.`, or `<user>/<prediction>/`.
  prefix text primary key,
  prediction_id uuid not null,
  position integer,
  due_at timestamptz not null default now(),
  again_at timestamptz default now() + interval '10 minutes'
);

comment on table public.storage_removals is 'What is to be removed from storage, until it is.';

create index storage_removals_due on public.storage_removals (due_at);

alter table public.storage_removals enable row level security;

revoke all on public.storage_removals from anon, authenticated, public;
grant all on public.storage_removals to service_role;

-- Signs of life of work that no request asks for.
create table public.heartbeats (
  name text primary key,
  beat_at timestamptz not null default now()
);

comment on table public.heartbeats is 'When some instance last did this, such as sweep.';

alter table public.heartbeats enable row level security;

revoke all on public.heartbeats from anon, authenticated, public;
grant all on public.heartbeats to service_role;

-- Triggers, so that it makes no difference who deletes: a person, a cascade from their account, an administrator.
-- Security definer: the role that deletes an account may do nothing here.

create function public.note_hidden_image()
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
  for each row when ((old.purge_at is null) <> (new.purge_at is null)) execute function public.note_hidden_image();

create function public.note_deleted_image()
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
  for each row execute function public.note_deleted_image();

create function public.note_deleted_prediction()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.storage_removals as removal (prefix, prediction_id)
  values (old.user_id || '/' || old.id || '/', old.id)
  on conflict (prefix) do update set due_at = excluded.due_at, again_at = excluded.again_at;
  return null;
end;
$$;

create trigger predictions_deleted after delete on public.predictions
  for each row execute function public.note_deleted_prediction();

-- Deletes those of the person's pictures (a JSON array of ids) that there are, for good or, with seconds to undo it, at first
-- from sight. Answers with their ids.
create function public.delete_images(p_user uuid, p_ids jsonb, p_undo_seconds double precision)
returns setof uuid language plpgsql set search_path = '' as $$
declare
  ids uuid[] := array(select jsonb_array_elements_text(p_ids)::uuid);
begin
  -- In one order everywhere: two orders of locking would be a deadlock.
  perform from public.sdxl_images where id = any (ids) and user_id = p_user order by id for update;
  if p_undo_seconds > 0 then
    return query
      update public.sdxl_images set purge_at = now() + make_interval(secs => p_undo_seconds)
      where id = any (ids) and user_id = p_user and purge_at is null returning id;
  else
    return query delete from public.sdxl_images where id = any (ids) and user_id = p_user returning id;
  end if;
end;
$$;

-- Takes a deletion back while that is possible. Answers with the ids that are there again.
create function public.restore_images(p_user uuid, p_ids jsonb)
returns setof uuid language sql set search_path = '' as $$
  update public.sdxl_images set purge_at = null
  where id in (select jsonb_array_elements_text(p_ids)::uuid) and user_id = p_user and purge_at > now()
  returning id;
$$;

-- Deletes the rows whose time to undo is over, then leases removals that are due to the caller, who empties storage of
-- them. Where a row needs the files after all, nothing is removed.
create function public.claim_removals(p_limit integer, p_lease_seconds double precision)
returns setof text language plpgsql set search_path = '' as $$
begin
  delete from public.sdxl_images where id in (
    select id from public.sdxl_images where purge_at <= now() order by id limit p_limit for update skip locked
  );
  delete from public.storage_removals removal where removal.due_at <= now() and exists (
    select from public.sdxl_images image
    where image.prediction_id = removal.prediction_id and (removal.position is null or image.position = removal.position)
  );
  return query
    update public.storage_removals set due_at = now() + make_interval(secs => p_lease_seconds)
    where prefix in (
      select prefix from public.storage_removals where due_at <= now() order by due_at limit p_limit for update skip locked
    )
    returning prefix;
end;
$$;

-- Says that storage holds nothing under these prefixes (a JSON array) now.
create function public.finish_removals(p_prefixes jsonb)
returns void language sql set search_path = '' as $$
  delete from public.storage_removals
  where again_at is null and prefix in (select jsonb_array_elements_text(p_prefixes));
  update public.storage_removals set due_at = again_at, again_at = null
  where again_at is not null and prefix in (select jsonb_array_elements_text(p_prefixes));
$$;

-- The picture's share token: the one it has, else the one given. No row: the person has no such picture.
create function public.share_image(p_user uuid, p_id uuid, p_token text)
returns setof text language sql set search_path = '' as $$
  update public.sdxl_images set share_token = coalesce(share_token, p_token)
  where id = p_id and user_id = p_user and purge_at is null
  returning share_token;
$$;

-- Records a kept file, once. The answer is the file's row, whether it is new or was there. No row: it was deleted meanwhile,
-- so what was uploaded is removed again.
create or replace function public.keep_image(p_prediction uuid, p_image jsonb)
returns setof public.sdxl_images language plpgsql set search_path = '' as $$
declare
  place constant integer := (p_image ->> 'position')::integer;
  path constant text := p_image ->> 'storage_path';
  maker public.predictions;
begin
  -- The lock makes whoever deletes, or keeps the same file, wait for the end of this.
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
      (user_id, prediction_id, position, prompt, model, input, seed, storage_path, content_type, width, height, bytes, sha256,
       source_url, parent_image_id)
    values
      (maker.user_id, maker.id, place, coalesce(maker.input ->> 'prompt', ''), maker.model, maker.input,
       (p_image ->> 'seed')::bigint, path, p_image ->> 'content_type', (p_image ->> 'width')::integer,
       (p_image ->> 'height')::integer, (p_image ->> 'bytes')::bigint, p_image ->> 'sha256', p_image ->> 'source_url',
       (select id from public.sdxl_images where id = maker.parent_image_id and user_id = maker.user_id))
    returning *;
end;
$$;

-- Says that every file is kept or was deleted here: only the lease's holder may, and only when it is so. Fewer files than
-- were asked for are told as `dropped`. p_output is `{value}`: the output without the bytes of files that were part of it.
drop function public.finish_saving(uuid, uuid, integer);

create function public.finish_saving(
  p_id uuid, p_lease uuid, p_files integer,
  -- Servers of the version before this one do not give it.
  p_output jsonb default null
)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set saved_at = now(), save_error = case when p_files < image_count then 'dropped' end, output = coalesce(p_output -> 'value', output),
      next_at = null, lease_token = null, lease_until = null, revision = revision + 1
  where id = p_id and lease_token = p_lease and status = 'succeeded' and saved_at is null
    and p_files > 0 and p_files =
      (select count(*) from public.sdxl_images where prediction_id = p_id and purge_at is null)
      + (select count(*) from jsonb_object_keys(deleted_images))
  returning *;
$$;

-- Gives the lease back without counting the attempt: nothing is wrong with the prediction, only with our own storage.
create function public.postpone_prediction(p_id uuid, p_lease uuid, p_next_in double precision, p_save_error text)
returns setof public.predictions language sql set search_path = '' as $$
  update public.predictions
  set lease_token = null, lease_until = null, next_at = now() + make_interval(secs => p_next_in), save_error = p_save_error,
      revision = revision + (save_error is distinct from p_save_error)::int
  where id = p_id and lease_token = p_lease
  returning *;
$$;

create function public.note_heartbeat(p_name text)
returns void language sql set search_path = '' as $$
  insert into public.heartbeats (name) values (p_name) on conflict (name) do update set beat_at = now();
$$;

-- In seconds: since the last sweep, how long the longest finished prediction has not been saved, and how long the longest due
-- one has waited for somebody to look at it. Null: there is none.
create function public.backlog()
returns jsonb language sql stable set search_path = '' as $$
  select jsonb_build_object(
    'swept', (select extract(epoch from now() - beat_at) from public.heartbeats where name = 'sweep'),
    'unsaved', (
      select extract(epoch from now() - min(completed_at)) from public.predictions
      where status = 'succeeded' and next_at is not null),
    'overdue', (
      select extract(epoch from now() - min(next_at)) from public.predictions
      where next_at <= now() and (lease_until is null or lease_until < now())));
$$;

revoke execute on function
  public.note_hidden_image, public.note_deleted_image, public.note_deleted_prediction, public.delete_images, public.restore_images,
  public.claim_removals, public.finish_removals, public.share_image, public.keep_image, public.finish_saving,
  public.postpone_prediction, public.note_heartbeat, public.backlog
from public, anon, authenticated;

grant execute on function
  public.delete_images, public.restore_images, public.claim_removals, public.finish_removals, public.share_image,
  public.keep_image, public.finish_saving, public.postpone_prediction, public.note_heartbeat, public.backlog
to service_role;
