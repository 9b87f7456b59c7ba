import { json, route } from "@/lib/http";
import { dataOf, serviceClient } from "@/lib/supabase/service";

/** Whether this instance can work: the settings are whole and the database answers. */
export const GET = route(async () => {
  dataOf(await serviceClient().from("predictions").select("id").limit(1));
  return json({ status: "ok" });
});
