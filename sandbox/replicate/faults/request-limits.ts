import type { Clock } from "../state/clock.ts";
import type { Faults } from "./faults.ts";

/**
 * How many requests Replicate allows in a minute. `create` is the limit for create requests, `request` for all other requests.
 */
const PER_MINUTE = { create: 600, request: 3_000 };

export type Limits = ReturnType<typeof createLimits>;

/** Counts requests, and rejects some: because of a fault rule, or because of the magic word `[429]`. */
export function createLimits(clock: Clock, faults: Faults) {
  let admitted: number[] = [];
  const refused = new Set<string>();
  const recent = { create: [0], request: [0] };
  return {
    /**
     * Counts a request, and returns how many more are allowed, for the header `ratelimit-remaining`. Replicate refills its limits
     * quickly. So only the requests of the last second are subtracted from the limit per minute.
     */
    remaining(kind: "request" | "create"): number {
      recent[kind] = [...recent[kind].filter((moment) => moment > clock.now() - 1_000), clock.now()];
      return Math.max(0, PER_MINUTE[kind] - recent[kind].length);
    },
    /**
     * Applies the limits of a fault rule. If the request is allowed, counts it and returns 0. Otherwise returns how many whole
     * seconds (real time) the client must wait. This function is called with `request` for every API request, and then also with
     * `create` for a create request. A create request is still counted only once, because a fault rule limits only one of the two
     * kinds.
     */
    admit(kind: "request" | "create"): number {
      const limits = faults.limits();
      if (!limits || (kind === "request") !== (limits.all ?? false)) return 0;
      const now = clock.now();
      const waits = [
        { max: limits.per_second ?? Infinity, span: clock.after(0, 1_000) },
        { max: limits.per_minute ?? Infinity, span: clock.after(0, 60_000) },
      ].map(({ max, span }) => {
        const recent = admitted.filter((moment) => moment > now - span);
        const oldest = recent.at(-max);
        return recent.length < max ? 0 : oldest === undefined ? span : oldest + span - now;
      });
      const wait = Math.max(...waits);
      if (wait > 0) return Math.max(1, Math.ceil(wait / 1000));
      admitted = [...admitted.filter((moment) => moment > now - clock.after(0, 60_000)), now];
      return 0;
    },
    /**
     * Returns whether to refuse a request: true for the first, third, fifth … request with the same key. So if the client sends
     * a refused request again, it is accepted. If a later test sends the same input, its first request is refused again.
     */
    refuseEveryOther(key: string): boolean {
      if (refused.delete(key)) return false;
      refused.add(key);
      return true;
    },
  };
}
