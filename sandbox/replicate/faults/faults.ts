import { z } from "zod";
import type { Clock } from "../state/clock.ts";
import { promptOf } from "./magic-words.ts";

/**
 * `POST /__faults` takes one rule or an array of rules and replaces those before; `{}` clears. A rule is about every
 * prediction, or with `match` about those whose prompt contains that text. For each section the first rule that
 * matches and has it counts. Delays are real milliseconds. `count` limits a section to its first n uses (for
 * `delivery`: n per file), `rate` to that share of them.
 */
const times = { count: z.int().positive().optional(), rate: z.number().min(0).max(1).optional() };
const status = z.union([z.literal([401, 402, 404, 422, 429, 500, 502, 503, 504])]).optional();
const delay = z.number().min(0).optional();
const retryAfter = z.int().positive().optional();

/** `delay` before anything happens; `status`: 429 says `retry_after` (3); `drop`: the connection closes unanswered. */
const Read = z.strictObject({ delay, status, retry_after: retryAfter, drop: z.boolean().optional(), ...times });

const Rule = z.strictObject({
  match: z.string().optional(),
  /** How many times faster than real the sandbox lives, from now on. */
  clock: z.number().positive().optional(),
  /** Creates admitted in a second or minute of sandbox time; beyond them 429. */
  limits: z.strictObject({ per_second: z.int().optional(), per_minute: z.int().optional() }).optional(),
  create: z
    .strictObject({
      delay,
      /** Waits after the prediction was accepted, before the answer. */
      answer_delay: delay,
      drop: z.enum(["before", "after"]).optional(),
      status,
      /** With `status`: the prediction was accepted all the same. */
      accepted: z.boolean().optional(),
      retry_after: retryAfter,
      /** The shape of a 201 whose body is of no use; `huge` is 5 MB of logs. */
      body: z.enum(["invalid_json", "no_id", "huge"]).optional(),
      already_succeeded: z.boolean().optional(),
      ...times,
    })
    .optional(),
  get: Read.optional(),
  list: Read.optional(),
  /** `race`: the prediction completes at the very moment it is canceled, and the answer says so. */
  cancel: z.strictObject({ delay, status, race: z.boolean().optional(), ...times }).optional(),
  webhooks: z
    .strictObject({
      drop: z.boolean().optional(),
      /** Each is sent this many times more. */
      duplicate: z.int().min(0).optional(),
      /** Everything that precedes the terminal one arrives after it. */
      reorder: z.boolean().optional(),
      /** Seconds added to the signed timestamp. */
      shift: z.number().optional(),
      /** Signed with another secret. */
      forge: z.boolean().optional(),
      /** Entries of other keys before the right signature. */
      extra_signatures: z.int().min(0).optional(),
      delay,
      /** Bytes added to the logs in the body. */
      pad: z.int().min(0).optional(),
      ...times,
    })
    .optional(),
  delivery: z
    .strictObject({
      /** Only the output file of this index. */
      index: z.int().min(0).optional(),
      delay,
      status: z.int().min(400).max(599).optional(),
      /** The share of the bytes after which the connection breaks, the full length being announced. */
      cut: z.number().min(0).max(1).optional(),
      /** Bytes a second. */
      drip: z.number().positive().optional(),
      redirect: z.string().optional(),
      /** An HTML page under the right content type. */
      html: z.boolean().optional(),
      /** Another content type for the right bytes. */
      type: z.string().optional(),
      endless: z.boolean().optional(),
      close: z.boolean().optional(),
      ...times,
    })
    .optional(),
  /**
   * What a succeeded prediction puts out instead: any JSON. In it the string `file:0` becomes the URL of the first
   * drawn file and `data:0` its data URI; as many are drawn as the highest index asks for.
   */
  output: z.unknown().optional(),
});
export type Rule = z.infer<typeof Rule>;
type Section = "create" | "get" | "list" | "cancel" | "webhooks" | "delivery";

/** The two shapes a body of /__faults may have. */
export const Rules = z.union([Rule.transform((rule) => [rule]), z.array(Rule)]);

export type Faults = ReturnType<typeof createFaults>;

export function createFaults(clock: Clock) {
  const factor = clock.factor;
  let rules: Rule[] = [];
  const uses = new Map<string, number>();

  function find(input: Record<string, unknown>, has: (rule: Rule) => boolean): Rule | undefined {
    return rules.find((rule) => has(rule) && (!rule.match || promptOf(input).includes(rule.match)));
  }

  function isDue(key: string, { count, rate }: { count?: number; rate?: number }): boolean {
    const used = uses.get(key) ?? 0;
    uses.set(key, used + 1);
    if (rate === undefined) return used < (count ?? Infinity);
    // Multiples of the golden ratio spread evenly over 0..1: the share is kept, and every run is the same.
    return (used * 0.618034) % 1 < rate && used * rate < (count ?? Infinity);
  }

  return {
    list: () => rules,
    set(next: Rule[]) {
      rules = next;
      uses.clear();
      clock.factor = rules.find((rule) => rule.clock)?.clock ?? factor;
    },
    /** The fault of this use, which counts as one of its `count`. `key` separates counts, as of files. */
    take<S extends Section>(section: S, input: Record<string, unknown>, key = ""): Rule[S] | undefined {
      const rule = find(input, (candidate) => candidate[section] !== undefined);
      const fault = rule?.[section];
      if (!rule || !fault) return undefined;
      return isDue(`${rules.indexOf(rule)} ${section} ${key}`, fault) ? fault : undefined;
    },
    limits: () => rules.find((rule) => rule.limits)?.limits,
    /** `{ value }` when the output is overridden: null is a value too. */
    output(input: Record<string, unknown>): { value: unknown } | undefined {
      const rule = find(input, (candidate) => "output" in candidate);
      return rule && { value: rule.output };
    },
  };
}
