import { expect, test, vi } from "vitest";
import { env } from "@/lib/env";
import { stubSettings } from "./stub-settings";

test("the settings of the process are read once, on first use", () => {
  stubSettings({ REPLICATE_API_TOKEN: "r8_first" });
  expect(env().REPLICATE_API_TOKEN).toBe("r8_first");
  vi.stubEnv("REPLICATE_API_TOKEN", "r8_second");
  expect(env().REPLICATE_API_TOKEN).toBe("r8_first");
});
