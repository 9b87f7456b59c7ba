import { validateWebhook } from "replicate";
import { expect, test } from "vitest";
import { receiveWebhooks } from "../receive-webhooks.ts";
import { eventually, SDXL, SECRET, serve, small } from "../serve.ts";

async function hooked(webhooks: object) {
  const sandbox = await serve();
  await sandbox.faults({ webhooks });
  const hook = await receiveWebhooks();
  const created = await sandbox.replicate.predictions.create({ version: SDXL, input: small, webhook: hook.url });
  await sandbox.replicate.wait(created, { interval: 10 });
  return { ...sandbox, ...hook };
}

test("webhooks can be dropped", async () => {
  const { ledger, received } = await hooked({ drop: true });
  await eventually(async () => (await ledger()).webhooks.at(-1)).toMatchObject({
    event: "completed",
    outcome: "withheld",
  });
  expect(received).toEqual([]);
});

test("webhooks can arrive several times with one id", async () => {
  const { received } = await hooked({ duplicate: 2 });
  const completed = () => received.filter(({ signed }) => signed.body.includes('"status":"succeeded"'));
  await eventually(() => completed().length).toBe(3);
  expect(new Set(completed().map(({ signed }) => signed.id)).size).toBe(1);
});

test("webhooks can arrive in the wrong order", async () => {
  const { bodies } = await hooked({ reorder: true });
  await eventually(() => bodies().length).toBeGreaterThan(2);
  expect(bodies()[0]?.status).toBe("succeeded");
  expect(
    bodies()
      .slice(1)
      .every(({ status }) => status === "processing"),
  ).toBe(true);
});

test("webhooks can have a false signature, a wrong time, more signatures or a large body", async () => {
  const forged = await hooked({ forge: true });
  await eventually(() => forged.received.length).toBeGreaterThan(0);
  expect(
    await Promise.all(forged.received.map(({ signed }) => validateWebhook({ ...signed, secret: SECRET }))),
  ).not.toContain(true);
  const shifted = await hooked({ shift: -600, extra_signatures: 2, pad: 2_000_000 });
  await eventually(() => shifted.received.length).toBeGreaterThan(0);
  for (const { signed } of shifted.received) {
    expect(Date.now() / 1000 - Number(signed.timestamp)).toBeGreaterThan(590);
    expect(signed.signature.split(" ")).toHaveLength(3);
    expect(signed.body.length).toBeGreaterThan(2_000_000);
    expect(await validateWebhook({ ...signed, secret: SECRET })).toBe(true);
  }
});
