import type { Clock } from "../state/clock.ts";
import type { Faults } from "./faults.ts";

export type Limits = ReturnType<typeof createLimits>;

/** The create limit a fault asks for, and the throttling of the magic word `[429]`. */
export function createLimits(clock: Clock, faults: Faults) {
  let admitted: number[] = [];
  const refused = new Set<string>();
  return {
    /** 0 admits one create; otherwise the whole real seconds until one is admitted again. */
    admit(): number {
      const limits = faults.limits();
      const now = clock.now();
      const waits = [
        { most: limits?.per_second ?? Infinity, span: clock.after(0, 1_000) },
        { most: limits?.per_minute ?? Infinity, span: clock.after(0, 60_000) },
      ].map(({ most, span }) => {
        const recent = admitted.filter((moment) => moment > now - span);
        const oldest = recent.at(-most);
        return recent.length < most ? 0 : oldest === undefined ? span : oldest + span - now;
      });
      const wait = Math.max(...waits);
      if (wait > 0) return Math.max(1, Math.ceil(wait / 1000));
      admitted = [...admitted.filter((moment) => moment > now - clock.after(0, 60_000)), now];
      return 0;
    },
    /** True the first time, false the second, and so on in turn: the same prompt can be tried again and again. */
    refusesFirst(key: string): boolean {
      if (refused.delete(key)) return false;
      refused.add(key);
      return true;
    },
  };
}
