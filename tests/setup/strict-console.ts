import { afterEach, beforeEach, vi } from "vitest";

// A warning that nobody expects is a fault nobody sees. A test that expects one spies on the console itself:
// `vi.spyOn(console, "error").mockImplementation(() => {})`, and looks at what was said.
const said: unknown[][] = [];
const methods = ["error", "warn"] as const;

beforeEach(() => {
  said.length = 0;
  for (const method of methods) {
    vi.spyOn(console, method).mockImplementation((...line: unknown[]) => void said.push([method, ...line]));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  if (said.length > 0) throw new Error(`unexpected on the console: ${said.map((line) => line.join(" ")).join("\n")}`);
});
