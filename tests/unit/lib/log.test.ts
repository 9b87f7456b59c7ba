import { expect, test, vi } from "vitest";
import { log } from "@/lib/log";

/** The lines that `write` writes to each stream. */
function written(write: () => void) {
  const out = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  write();
  const lines = {
    out: out.mock.calls.map(([line]) => String(line)),
    err: err.mock.calls.map(([line]) => String(line)),
  };
  out.mockRestore();
  err.mockRestore();
  return lines;
}

test("an event is one line of JSON with its details", () => {
  const { out, err } = written(() => log.info("file_not_saved", { prediction: "7", position: 0 }));
  expect(err).toEqual([]);
  expect(out).toEqual([expect.stringMatching(/^[^\n]+\n$/)]);
  expect(JSON.parse(out.join(""))).toEqual({
    level: "info",
    event: "file_not_saved",
    time: expect.stringMatching(/^\d{4}-.*Z$/),
    prediction: "7",
    position: 0,
  });
});

test("an error goes to stderr", () => {
  const { out, err } = written(() => log.error("sweep_failed"));
  expect(out).toEqual([]);
  expect(JSON.parse(err.join(""))).toMatchObject({ level: "error", event: "sweep_failed" });
});

test("errors are logged with their causes, but without their other properties", () => {
  const cause = Object.assign(new TypeError("connection refused"), { headers: { authorization: "Bearer r8_secret" } });
  const error = Object.assign(new Error("no answer", { cause }), { request: { body: "a private prompt" } });
  const { err } = written(() => log.error("sweep_failed", { error }));
  expect(JSON.parse(err.join(""))).toMatchObject({
    error: { name: "Error", message: "no answer", cause: { name: "TypeError", message: "connection refused" } },
  });
  expect(err.join("")).not.toMatch(/r8_secret|private prompt/);
});

test("a line break in a message does not start a new line", () => {
  const { out } = written(() => log.info("x", { message: 'one\n{"level":"error"}' }));
  expect(out.join("").match(/\n/g)).toHaveLength(1);
});

test("details that JSON cannot express do not make the request fail", () => {
  const circle: Record<string, unknown> = {};
  circle["itself"] = circle;
  const { out } = written(() => log.info("x", { circle, count: 1n }));
  expect(JSON.parse(out.join(""))).toMatchObject({ event: "x" });
});
