import { expect, test } from "vitest";
import { serve, small } from "../serve.ts";

test("the ledger lists requests and predictions, and can be cleared", async () => {
  const { finish, ask, ledger } = await serve();
  const { id, output } = await finish(small);
  const bytes = await (await fetch(output[0])).bytes();
  const told = await ledger();
  expect(told.counts).toMatchObject({ "POST /v1/predictions": 1, "GET /delivery/:prefix/:id/:name": 1 });
  expect(told.requests[0]).toMatchObject({ method: "POST", path: "/v1/predictions", prediction: id, outcome: "201" });
  const sha256 = Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("hex");
  expect(told.predictions).toMatchObject([
    { id, status: "succeeded", output, files: [{ url: output[0], type: "image/png", bytes: bytes.length, sha256 }] },
  ]);
  expect((await ask("DELETE", "/__ledger")).status).toBe(204);
  expect(await ledger()).toMatchObject({ predictions: [], webhooks: [], counts: { "GET /__ledger": 1 } });
});
