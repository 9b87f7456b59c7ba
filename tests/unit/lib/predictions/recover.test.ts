import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ReplicatePrediction } from "@/lib/replicate/schema";
import { predictionRow } from "./row";
import { stubSettings } from "../stub-settings";

// The ids of the user's two images in storage. All other images are deleted.
const stored = vi.hoisted(() => ({
  fox: "0195f2a8-0000-7000-8000-00000000000f",
  owl: "0195f2a8-0000-7000-8000-0000000000ab",
}));
vi.mock("@/lib/media/input-files", async (original) => ({
  ...(await original<object>()),
  signInputFiles: async (input: Record<string, unknown>, owner: string) => {
    const { AppError } = await import("@/lib/errors");
    const sign = (value: unknown): unknown => {
      if (Array.isArray(value)) return value.map(sign);
      const [, id] = /^\/api\/(?:media|uploads)\/(.*)$/.exec(String(value)) ?? [];
      if (!id) return value;
      if (!Object.values(stored).includes(id)) throw new AppError("not_found", "It has been deleted.");
      return signedUrl(owner, id, 1);
    };
    return Object.fromEntries(Object.entries(input).map(([name, value]) => [name, sign(value)]));
  },
}));
const signedUrl = (owner: string, id: string, signature: number) =>
  `https://x.supabase.co/storage/v1/object/sign/images/${owner}/${id}/0.png?token=${signature}`;

const row = predictionRow();
const other = "0195f2a8-0000-7000-8000-000000000009";

beforeEach(() => {
  vi.resetModules();
  stubSettings({
    NEXT_PUBLIC_SUPABASE_URL: "https://x.supabase.co",
    REPLICATE_WEBHOOK_SIGNING_SECRET: "whsec_c2FuZGJveC13ZWJob29rLWtleS0wMDAx",
  });
});
afterEach(() => void vi.unstubAllEnvs());

/**
 * Returns whether the app at this URL finds that the row `own` started a prediction at Replicate. This prediction has `webhook`
 * and the model, version and input of `row`, with `changes`.
 */
async function isOurs(
  appUrl: string,
  webhook?: string,
  changes: Record<string, unknown> = {},
  own = row,
  rivals: Record<string, unknown>[] = [],
) {
  vi.stubEnv("APP_URL", appUrl);
  const { isStartedBy } = await import("@/lib/predictions/recover");
  const like = { model: row.model, version: row.version, input: row.input, ...(webhook !== undefined && { webhook }) };
  const head = { id: "rrr4z5ztdnrm80crkw0s5e2p2w", status: "starting", created_at: "2026-11-21T14:32:08Z" };
  return isStartedBy(own, ReplicatePrediction.parse({ ...head, ...like, ...changes }), rivals);
}

const OURS = "https://darkroom.example";
const webhook = (origin: string, id: string) => `${origin}/api/replicate/webhook?prediction=${id}`;

describe("with webhooks, a prediction at Replicate", () => {
  test("is ours by our id in its webhook, whatever its other fields", async () => {
    expect(await isOurs(OURS, webhook(OURS, row.id), { model: undefined, input: null })).toBe(true);
  });

  test.each(["https://old.darkroom.example", "http://localhost:3000", "https://example.com/darkroom"])(
    "is ours although it was started while the app stood at %s",
    async (earlier) => {
      expect(await isOurs(OURS, webhook(earlier, row.id))).toBe(true);
    },
  );

  test.each([
    ["another row of ours", webhook(OURS, other)],
    ["another environment's row", webhook("https://staging.darkroom.example", other)],
    ["another program", `https://elsewhere.example/hook?prediction=${row.id}`],
    ["another program that names the row elsewhere", `https://elsewhere.example/${row.id}/api/replicate/webhook`],
    ["an invalid URL", `prediction=${row.id}`],
    ["no row", `${OURS}/api/replicate/webhook`],
  ])("is not ours when its webhook is for %s, even with the same input", async (_whose, address) => {
    expect(await isOurs(OURS, address)).toBe(false);
  });

  test("is not ours without one: another environment's may have the same input", async () => {
    expect(await isOurs(OURS)).toBe(false);
  });
});

describe("without webhooks, a prediction at Replicate", () => {
  test("is ours whatever its secrets: they are not known any more, and Replicate may not show them", async () => {
    const own = predictionRow({ input: { prompt: "a fox", key: "[REDACTED]" } });
    for (const shown of [{ key: "sk-1" }, { key: "[REDACTED]" }, {}]) {
      expect(await isOurs("", undefined, { input: { prompt: "a fox", ...shown } }, own)).toBe(true);
    }
    expect(await isOurs("", undefined, { input: { prompt: "a hare", key: "sk-1" } }, own)).toBe(false);
  });

  test("with a secret is ours only if no other user may have sent the same input with another secret", async () => {
    const own = predictionRow({ input: { prompt: "a fox", key: "[REDACTED]" } });
    const isOursBeside = (prompt: string) =>
      isOurs("", undefined, { input: own.input }, own, [{ prompt, key: "[REDACTED]" }]);
    expect(await isOursBeside("a hare")).toBe(true);
    expect(await isOursBeside("a fox")).toBe(false);
  });

  test("is ours with the same model and input", async () => {
    expect(await isOurs("")).toBe(true);
    expect(await isOurs("", undefined, { input: { prompt: "a hare" } })).toBe(false);
    expect(await isOurs("", undefined, { model: "black-forest-labs/flux-schnell" })).toBe(false);
  });

  test("is another row's with that row's webhook, and ours with an earlier webhook of ours", async () => {
    expect(await isOurs("", webhook(OURS, other))).toBe(false);
    expect(await isOurs("", webhook(OURS, row.id))).toBe(true);
  });

  test("is ours with the same image, by its path in storage", async () => {
    const own = predictionRow({ input: { prompt: "larger", image: `/api/media/${stored.fox}` } });
    const given = (owner: string, id: string) => ({ prompt: "larger", image: signedUrl(owner, id, 2) });
    expect(await isOurs("", undefined, { input: given(row.user_id, stored.fox) }, own)).toBe(true);
    expect(await isOurs("", undefined, { input: given(row.user_id, stored.owl) }, own)).toBe(false);
    expect(await isOurs("", undefined, { input: given(other, stored.fox) }, own)).toBe(false);
  });

  test("is ours with a deleted image only if the image is in the user's folder", async () => {
    const own = predictionRow({ input: { prompt: "a fox", image: `/api/media/${other}` } });
    const signed = (owner: string) => ({
      prompt: "a fox",
      image: `https://x.supabase.co/sign/images/${owner}/1.png?t=1`,
    });
    expect(await isOurs("", undefined, { input: signed(row.user_id) }, own)).toBe(true);
    expect(await isOurs("", undefined, { input: signed(other) }, own)).toBe(false);
  });

  test("is ours with a list of images only if each is the same", async () => {
    const own = predictionRow({ input: { images: [`/api/media/${stored.fox}`, `/api/uploads/${stored.owl}`] } });
    const given = (...ids: string[]) => ({ images: ids.map((id) => signedUrl(row.user_id, id, 2)) });
    expect(await isOurs("", undefined, { input: given(stored.fox, stored.owl) }, own)).toBe(true);
    expect(await isOurs("", undefined, { input: given(stored.owl, stored.fox) }, own)).toBe(false);
    expect(await isOurs("", undefined, { input: given(stored.fox) }, own)).toBe(false);
  });

  test("is ours with a list of deleted images only if each is in the user's folder", async () => {
    const own = predictionRow({ input: { images: [`/api/media/${other}`, `/api/uploads/${other}`], sizes: [1, 2] } });
    const given = (...owners: string[]) => ({
      images: owners.map((id) => `https://x.supabase.co/${id}/1.png`),
      sizes: [1, 2],
    });
    expect(await isOurs("", undefined, { input: given(row.user_id, row.user_id) }, own)).toBe(true);
    for (const input of [
      given(row.user_id),
      given(row.user_id, other),
      { ...given(row.user_id, row.user_id), sizes: [1] },
    ])
      expect(await isOurs("", undefined, { input }, own)).toBe(false);
  });

  test("is ours with any files where Replicate cannot read our storage, because each copy has another URL", async () => {
    vi.stubEnv("NEXT_PUBLIC_SUPABASE_URL", "http://127.0.0.1:54321");
    const own = predictionRow({ input: { prompt: "larger", image: `/api/media/${stored.fox}`, key: "[REDACTED]" } });
    const given = (prompt: string) => ({
      prompt,
      image: "https://api.replicate.com/v1/files/cneqzikepnug",
      key: "sk-1",
    });
    expect(await isOurs("", undefined, { input: given("larger") }, own)).toBe(true);
    expect(await isOurs("", undefined, { input: given("smaller") }, own)).toBe(false);
    expect(await isOurs("", undefined, { input: { ...given("larger"), scale: 2 } }, own)).toBe(false);
  });

  test("is ours only with our file there, if another user's request whose prediction is not known yet could be its own", async () => {
    vi.stubEnv("NEXT_PUBLIC_SUPABASE_URL", "http://127.0.0.1:54321");
    const upscale = (id: string, scale = 2) => ({ image: `/api/media/${id}`, scale });
    const own = predictionRow({ input: upscale(stored.fox) });
    const isOursBeside = (file: string, ...rivals: object[]) =>
      isOurs(
        "",
        undefined,
        { input: { image: file, scale: 2 } },
        own,
        rivals.map((rival) => ({ ...rival })),
      );
    const fox = signedUrl(row.user_id, stored.fox, 1);
    const owl = signedUrl(other, stored.owl, 1);
    expect(await isOursBeside(owl, upscale(stored.owl))).toBe(false);
    expect(await isOursBeside(fox, upscale(stored.owl))).toBe(true);
    expect(await isOursBeside(owl, upscale(stored.owl, 4))).toBe(true);
  });
});
