import "server-only";
import { createHmac } from "node:crypto";
import { env } from "@/lib/env";
import { clientAddress } from "@/lib/limits/client-address";
import { countReport } from "@/lib/limits/request-limits";
import { adminClient } from "@/lib/supabase/admin-client";
import { unwrap } from "@/lib/supabase/result";
import type { NewReport } from "@/lib/media/schema";

/**
 * Records a visitor's report of the file that is shared with this token. The result does not reveal whether there is such a file.
 * A second report of the same file from the same IP address is ignored. To recognize a second report, a hash of the IP address is
 * stored, not the address itself. Only with the secret key can this hash be computed. Throws `rate_limited` and `db_unavailable`.
 */
export async function reportMedia(token: string, { reason, details }: NewReport, headers: Headers): Promise<void> {
  await countReport(headers);
  const hash = createHmac("sha256", env().SUPABASE_SECRET_KEY).update(`report ${clientAddress(headers)}`);
  const parameters = { p_token: token, p_reason: reason, p_details: details, p_reporter: hash.digest("base64url") };
  unwrap(await adminClient().rpc("report_media", parameters));
}
