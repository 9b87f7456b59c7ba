import { afterEach, expect, test, vi } from "vitest";
import { rejectionWithoutSecrets, rememberSecrets, withoutSecrets } from "@/lib/predictions/input/hide-secrets";
import { processState } from "@/lib/process-globals";
import { ReplicateError } from "@/lib/replicate/errors";
import { ReplicatePrediction } from "@/lib/replicate/schema";

const SECRET = "sk-planted-7f3a9c";
const ID = "0195f2a8-0000-7000-8000-000000000001";

afterEach(() => processState.secrets.clear());

const told = (changes: object) =>
  ReplicatePrediction.parse({ id: "rrr4z5ztdnrm80crkw0s5e2p2w", status: "failed", ...changes });

const leaky = {
  logs: `Using ${SECRET}\nDone`,
  error: `Incorrect key: ${SECRET}`,
  output: [`text with ${SECRET}`, { deep: [SECRET], count: 7 }],
  metrics: { predict_time: 1.5, key: SECRET },
};

test("a secret that was sent from here is removed from everything that Replicate says", () => {
  rememberSecrets(ID, { openai_api_key: SECRET });
  const remote = withoutSecrets(told(leaky), ID);
  expect(JSON.stringify(remote)).not.toContain(SECRET);
  expect(remote).toMatchObject({
    logs: "Using [REDACTED]\nDone",
    error: "Incorrect key: [REDACTED]",
    output: ["text with [REDACTED]", { deep: ["[REDACTED]"], count: 7 }],
    metrics: { predict_time: 1.5, key: "[REDACTED]" },
  });
});

test("after 40 minutes a secret is not in memory any more", () => {
  vi.useFakeTimers();
  try {
    rememberSecrets(ID, { openai_api_key: SECRET });
    vi.advanceTimersByTime(39 * 60_000);
    expect(processState.secrets.size).toBe(1);
    vi.advanceTimersByTime(2 * 60_000);
    expect(processState.secrets.size).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test("a secret that another server has sent is known if Replicate repeats the input", () => {
  const said = (input: object, names: string[] = []) =>
    JSON.stringify({ ...withoutSecrets(told({ ...leaky, input }), ID, names), input: null });
  expect(said({ openai_api_key: SECRET })).not.toContain(SECRET);
  expect(said({ login: SECRET }, ["login"])).not.toContain(SECRET);
  expect(said({ prompt: SECRET })).toContain(SECRET);
});

test("a mark that Replicate shows in place of a secret is not taken for one", () => {
  const remote = told({ logs: "a [REDACTED] fox", input: { hf_token: "[REDACTED]" } });
  expect(withoutSecrets(remote, ID, ["hf_token"])).toBe(remote);
});

test("a prediction without secrets stays as it is", () => {
  const remote = told({ ...leaky, input: { prompt: "a fox" } });
  expect(withoutSecrets(remote, ID, [])).toBe(remote);
});

test("of two secrets, the longer one is removed first, and very short ones are not looked for", () => {
  rememberSecrets(ID, { a: "abcd", b: "abcdef", c: "x" });
  expect(withoutSecrets(told({ logs: "x abcdef abcd" }), ID).logs).toBe("x [REDACTED] [REDACTED]");
});

test("a rejection is repeated without the secret, and without its cause, which is logged", () => {
  const rejection = new ReplicateError("rejected", `The key ${SECRET} is wrong`, {
    cause: new Error(SECRET),
    retryAfter: 7,
    invalidFields: [{ field: "input.key", description: `${SECRET} is wrong`, type: "x" }],
  });
  const safe = rejectionWithoutSecrets(rejection, { key: ` ${SECRET} ` });
  expect(safe).toMatchObject({ kind: "rejected", message: "The key [REDACTED] is wrong", retryAfter: 7 });
  expect(JSON.stringify([safe.message, safe.invalidFields, String(safe.cause)])).not.toContain(SECRET);
  expect(rejectionWithoutSecrets(rejection, {})).toBe(rejection);
});
