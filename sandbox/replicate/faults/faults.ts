import { z } from "zod";
import { createFaultCounts, times } from "../../fault-counts.ts";
import type { Clock } from "../state/clock.ts";
import { FileChange } from "./change-files.ts";
import { promptOf } from "./magic-words.ts";

// The rules that `POST /__faults` accepts: sandbox/README.md describes them. All delays are in real milliseconds. `times` has the
// key `count`, which limits how often a fault occurs: for each file in `delivery`, for each prediction in `stream`, and in total
// in all other sections.

const status = z.union([z.literal([401, 402, 404, 422, 429, 500, 502, 503, 504])]).optional();
const delay = z.number().min(0).optional();
const retryAfter = z.int().positive().optional();

/**
 * Faults of a read request. First, the request waits `delay` ms. Then `drop` closes the connection without a response, or
 * `status` is the status of an error response. An error 429 has `retry_after` (3 s by default).
 */
const Read = z.strictObject({ delay, status, retry_after: retryAfter, drop: z.boolean().optional(), ...times });

const Rule = z.strictObject({
  match: z.string().optional(),
  /** How many times faster than real time the sandbox runs from now on. */
  clock: z.number().positive().optional(),
  /**
   * Limits the create requests in a second or a minute of sandbox time. With `all`, limits the API requests of any kind instead.
   * A request above the limit gets a 429.
   */
  limits: z
    .strictObject({ per_second: z.int().optional(), per_minute: z.int().optional(), all: z.boolean().optional() })
    .optional(),
  create: z
    .strictObject({
      delay,
      /** The delay between the acceptance of the prediction and the response. */
      answer_delay: delay,
      drop: z.enum(["before", "after"]).optional(),
      status,
      /** With `status`: the prediction is accepted although the response is an error. */
      accepted: z.boolean().optional(),
      retry_after: retryAfter,
      /** The response is a 201 with a faulty body. With `huge`, the logs in the body have 5 MB. */
      body: z.enum(["invalid_json", "no_id", "huge"]).optional(),
      already_succeeded: z.boolean().optional(),
      ...times,
    })
    .optional(),
  get: Read.optional(),
  list: Read.optional(),
  /** `race`: the prediction succeeds just before the cancel takes effect. */
  cancel: z.strictObject({ delay, status, race: z.boolean().optional(), ...times }).optional(),
  webhooks: z
    .strictObject({
      drop: z.boolean().optional(),
      /** How many additional times each webhook is sent. */
      duplicate: z.int().min(0).optional(),
      /** All other webhooks arrive after the `completed` webhook. */
      reorder: z.boolean().optional(),
      /** This many seconds are added to the signed timestamp. */
      shift: z.number().optional(),
      /** The webhooks are signed with a wrong secret. */
      forge: z.boolean().optional(),
      /** How many signatures by other keys come before the right signature. */
      extra_signatures: z.int().min(0).optional(),
      delay,
      /** This many bytes are added to the logs in the body. */
      pad: z.int().min(0).optional(),
      ...times,
    })
    .optional(),
  delivery: z
    .strictObject({
      /** The fault occurs only for the output file with this index. */
      index: z.int().min(0).optional(),
      delay,
      status: z.int().min(400).max(599).optional(),
      /** The connection closes after this share (0 to 1) of the bytes, although `content-length` is the full length. */
      cut: z.number().min(0).max(1).optional(),
      /** Sends this many bytes per second. */
      drip: z.number().positive().optional(),
      redirect: z.string().optional(),
      /** Sends an HTML page in place of the file, with the content type of the file. */
      html: z.boolean().optional(),
      /** Sends the right bytes with this content type. */
      type: z.string().optional(),
      endless: z.boolean().optional(),
      close: z.boolean().optional(),
      ...times,
    })
    .optional(),
  /**
   * Faults of the stream of an output. With `cut`, each connection closes after this many pieces. With `status`, the stream
   * cannot be opened, and the request gets this status.
   */
  stream: z.strictObject({ cut: z.int().min(0).optional(), status, ...times }).optional(),
  files: FileChange.optional(),
  /**
   * Any JSON. It replaces the output of a prediction that succeeds. In this JSON, `"file:0"` becomes the URL of the first drawn
   * file, and `"data:0"` becomes its data URI. The highest number decides how many files are drawn: with `"file:2"`, three files
   * are drawn.
   */
  output: z.unknown().optional(),
  /** Replaces these fields of a prediction in webhooks and in responses, except in the response to the create request. */
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type Rule = z.infer<typeof Rule>;
type Section = "create" | "get" | "list" | "cancel" | "webhooks" | "delivery" | "stream";

/** The body of /__faults: one rule or an array of rules. */
export const Rules = z.union([Rule.transform((rule) => [rule]), z.array(Rule)]);

export type Faults = ReturnType<typeof createFaults>;

export function createFaults(clock: Clock) {
  const factor = clock.factor;
  let rules: Rule[] = [];
  const counts = createFaultCounts();

  function find(input: Record<string, unknown>, has: (rule: Rule) => boolean): Rule | undefined {
    return rules.find((rule) => has(rule) && (!rule.match || promptOf(input).includes(rule.match)));
  }

  return {
    list: () => rules,
    set(next: Rule[]) {
      rules = next;
      counts.clear();
      clock.factor = rules.find((rule) => rule.clock)?.clock ?? factor;
    },
    /**
     * Returns the fault that occurs for this request or webhook, or undefined if none occurs. Counts the request or webhook
     * toward `count` and `rate` of the fault. Each `key` (for example, the id of a file) has its own count.
     */
    take<S extends Section>(section: S, input: Record<string, unknown>, key = ""): Rule[S] | undefined {
      const rule = find(input, (candidate) => candidate[section] !== undefined);
      const fault = rule?.[section];
      if (!rule || !fault) return undefined;
      return counts.isDue(`${rules.indexOf(rule)} ${section} ${key}`, fault) ? fault : undefined;
    },
    /** Returns the fields that a rule replaces in a prediction, with their new values. */
    fields: (input: Record<string, unknown>) => find(input, (rule) => rule.fields !== undefined)?.fields ?? {},
    /** Returns how a rule changes the files of a run. */
    files: (input: Record<string, unknown>) => find(input, (rule) => rule.files !== undefined)?.files,
    limits: () => rules.find((rule) => rule.limits)?.limits,
    /** Returns `{ value }` if a rule replaces the output. The value can be null. */
    output(input: Record<string, unknown>): { value: unknown } | undefined {
      const rule = find(input, (candidate) => "output" in candidate);
      return rule && { value: rule.output };
    },
  };
}
