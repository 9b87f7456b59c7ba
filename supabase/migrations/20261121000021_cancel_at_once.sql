-- The first wish to cancel does not wait for whoever is just asking Replicate, or died of it, until their lease is over.

-- Asks for a cancel. A queued prediction that never left ends here and now; Replicate must hear of any other, at once of the
-- first wish: who wishes again and again has it hear of them no more often.
create or replace function public.request_cancel(p_id uuid, p_user uuid)
returns setof public.predictions language plpgsql set search_path = '' as $$
declare
  waiting public.predictions;
begin
  update public.predictions
  set cancel_requested_at = coalesce(cancel_requested_at, now()),
      next_at = case when cancel_requested_at is null then least(next_at, now()) else next_at end,
      -- Of one that Replicate has not named yet a lease says that it is being sent: that must be waited for.
      lease_token = case when cancel_requested_at is null and replicate_id is not null then null else lease_token end,
      lease_until = case when cancel_requested_at is null and replicate_id is not null then null else lease_until end
  where id = p_id and user_id = p_user and status in ('queued', 'starting', 'processing')
  returning * into waiting;
  if waiting.status = 'queued' and waiting.sent_at is null then
    return query select * from public.apply_prediction(p_id, waiting.lease_token, '{"status":"canceled"}', null);
  else
    return query select * from public.predictions where id = p_id and user_id = p_user;
  end if;
end;
$$;

revoke execute on function public.request_cancel from public, anon, authenticated;
grant execute on function public.request_cancel to service_role;
