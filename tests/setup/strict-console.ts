import { afterEach, beforeEach, vi } from "vitest";

// A test fails if it writes an error or a warning to the console. A test that expects a message must replace the console method
// with `vi.spyOn(console, "error").mockImplementation(() => {})`, and check its calls.
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
