import fc from "fast-check";

/** A prediction as Replicate describes it in a response or webhook. Its fields may have values of any type. */
export type Word = { status: unknown } & Record<string, unknown>;
export type Answer = { status: 404 | 429 | 500 | 503 } | { word: Word } | { text: string };
type Step =
  | { type: "webhook"; word: Word }
  | { type: "poll"; answer: Answer }
  | { type: "cancel" }
  /** Replicate responds with 503 until the app gives up. */
  | { type: "outage" }
  | { type: "age"; minutes: number };
export type Sequence = { create: Answer; isListed: boolean; steps: Step[]; end: Answer };

export const ENDS = ["succeeded", "failed", "canceled", "aborted"];
const json = fc.jsonValue({ maxDepth: 5 });
const file = fc.constantFrom("https://replicate.delivery/alive.png", "https://replicate.delivery/dead.png");
const time = fc.date({ min: new Date("2026-01-01"), max: new Date("2027-01-01"), noInvalidDate: true });
const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.oneof({ weight: 3, arbitrary: value }, json);
const word: fc.Arbitrary<Word> = fc.record(
  {
    status: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom("starting", "processing", ...ENDS) },
      { weight: 1, arbitrary: fc.string() },
      { weight: 1, arbitrary: json },
    ),
    output: maybe(fc.oneof(file, fc.array(file, { maxLength: 4 }))),
    logs: maybe(fc.string({ unit: "binary" })),
    error: maybe(fc.string()),
    metrics: maybe(fc.record({ predict_time: fc.oneof(fc.double(), json) })),
    created_at: maybe(time.map((date) => date.toISOString())),
    started_at: maybe(time.map((date) => date.toISOString())),
    completed_at: maybe(time.map((date) => date.toISOString())),
    id: fc.constantFrom("", 7, null, { a: [] }),
  },
  { requiredKeys: ["status"] },
);
const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ word }) },
  {
    weight: 2,
    arbitrary: fc.record({ status: fc.constantFrom(404 as const, 429 as const, 500 as const, 503 as const) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      text: fc.oneof(
        fc.string(),
        json.map((value) => JSON.stringify(value)),
      ),
    }),
  },
);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant("webhook" as const), word }) },
  { weight: 4, arbitrary: fc.record({ type: fc.constant("poll" as const), answer }) },
  { weight: 1, arbitrary: fc.constant({ type: "cancel" as const }) },
  { weight: 2, arbitrary: fc.constant({ type: "outage" as const }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("age" as const), minutes: fc.integer({ min: 1, max: 60 }) }) },
);
/** Everything that Replicate does with one prediction, from the create request to the end. */
export const sequence: fc.Arbitrary<Sequence> = fc.record({
  create: answer,
  isListed: fc.boolean(),
  steps: fc.array(step, { maxLength: 7 }),
  end: answer,
});

/** Parses the body of a response. Returns null if it is not JSON. */
export function parse(body: string): Word | null {
  try {
    return JSON.parse(body) as Word | null;
  } catch {
    return null;
  }
}
