import { afterEach, beforeEach, vi } from "vitest";

// An unexpected warning fails the test. A test that expects one spies on the console itself:
// `vi.spyOn(console, "error").mockImplementation(() => {})`, and checks the calls.
const messages: unknown[][] = [];
const methods = ["error", "warn"] as const;

beforeEach(() => {
  messages.length = 0;
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...line: unknown[]) => void messages.push([method, ...line]));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  if (messages.length > 0)
    throw new Error(`unexpected on the console: ${messages.map((line) => line.join(" ")).join("\n")}`);
});
