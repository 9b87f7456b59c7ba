-- What is said of a prediction says of each picture whether it is a favorite and shared: when that changes, its tag has to.

-- Security definer: people mark their favorites themselves, and may write nothing else.
create function public.note_marked_image()
returns trigger language plpgsql security definer set search_path = '' as $$
begin
  update public.predictions set revision = revision + 1 where id = new.prediction_id;
  return null;
end;
$$;

create trigger sdxl_images_marked after update of favorite, share_token on public.sdxl_images
  for each row when ((old.favorite, old.share_token) is distinct from (new.favorite, new.share_token))
  execute function public.note_marked_image();

revoke execute on function public.note_marked_image from public, anon, authenticated;
