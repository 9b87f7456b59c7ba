import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { applyUpdate } from "@/lib/predictions/rows";
import { deliverWebhook } from "@/tests/support/deliver-webhook";
import { predictionRow } from "../lib/predictions/row";
import { stubSettings } from "../lib/stub-settings";

const rows = vi.hoisted(() => ({ applyUpdate: vi.fn<typeof applyUpdate>() }));
vi.mock("next/server", async (original) => ({ ...(await original<object>()), after: () => {} }));
vi.mock("@/lib/predictions/rows", async (original) => ({ ...(await original<object>()), ...rows }));

const SECRET = "whsec_c2FuZGJveC13ZWJob29rLWtleS0wMDAx";

beforeEach(() => {
  vi.resetModules();
  stubSettings({ REPLICATE_WEBHOOK_SIGNING_SECRET: SECRET });
});
afterEach(() => void vi.unstubAllEnvs());

/**
 * Sends a webhook. The sender's clock is `shift` seconds ahead. `prediction` is the value of the URL parameter `prediction`. The
 * value may end with further parameters, such as `&secret=login`. Returns the response's status and the lines that the route
 * logs.
 */
async function deliver(shift: number, secret = SECRET, prediction = "unknown", body: object = {}) {
  const { POST } = await import("@/app/api/replicate/webhook/route");
  vi.spyOn(globalThis, "fetch").mockImplementation((url, init) => POST(new Request(url, init), undefined));
  const lines = vi.spyOn(process.stderr, "write").mockReturnValue(true);
  const answer = await deliverWebhook(
    { appUrl: "http://localhost:3000", env: { REPLICATE_WEBHOOK_SIGNING_SECRET: SECRET } },
    { prediction, body: { secret: "of the body", ...body }, shift, secret },
  );
  return { status: answer.status, lines: lines.mock.calls.map(([line]) => JSON.parse(String(line))) };
}

test.each([600, -600])(
  "a webhook signed by a clock %i s ahead is refused, and the difference is logged",
  async (shift) => {
    const { status, lines } = await deliver(shift);
    expect(status).toBe(401);
    expect(lines).toEqual([
      { level: "error", event: "webhook_clock_skew", time: expect.any(String), seconds: expect.any(Number) },
    ]);
    expect(Math.abs(lines[0].seconds + shift)).toBeLessThan(5);
  },
);

test("a webhook in time logs nothing, and neither does a forged one", async () => {
  expect(await deliver(0)).toEqual({ status: 200, lines: [] });
  expect(await deliver(600, "whsec_Zm9yZ2VkLWtleS1mb3JnZWQta2V5LWZv")).toEqual({ status: 401, lines: [] });
});

test("a secret that another server has sent is removed, because the webhook's URL names it", async () => {
  const id = "rrr4z5ztdnrm80crkw0s5e2p2w";
  const row = predictionRow({ replicate_id: id, status: "failed", next_at: null });
  rows.applyUpdate.mockResolvedValue(row);
  const input = { prompt: "a fox", login: "sk-planted-7f3a9c" };
  const body = { id, status: "failed", input, logs: "Using sk-planted-7f3a9c for a fox" };
  expect((await deliver(0, SECRET, `${row.id}&secret=login`, body)).status).toBe(200);
  expect(rows.applyUpdate.mock.calls[0]?.[1]).toMatchObject({ logs: "Using [REDACTED] for a fox" });
});
