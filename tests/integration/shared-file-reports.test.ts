import { expect, inject, test } from "vitest";
import { createAdmin } from "../support/admins";
import { startAnotherApp } from "../support/another-app";
import { createApi } from "../support/api";
import { fillGallery } from "../support/seed";
import { sql } from "../support/sql";
import { connectAsService, createUser } from "../support/users";
import { openPage, sendForm } from "./support/page-forms";

const stack = inject("stack");
const admin = await createAdmin(stack);
const report = { reason: "copyright", details: "This is my photograph." };

async function seedShared() {
  const user = await createUser(stack);
  await fillGallery(stack, user, 1);
  const images = connectAsService(stack).from("sdxl_images").select("id").eq("user_id", user.id);
  const { id } = (await images.single().throwOnError()).data as { id: string };
  const api = createApi(stack, user);
  const share = () => api.ask(`/api/media/${id}/share`, { method: "POST" });
  const { share_token: token } = (await (await share()).json()) as { share_token: string };
  return { id, token, api, share };
}

const send = (token: string, address: string, fields: Record<string, string> = report) =>
  sendForm(stack, `/report/${token}`, "Send report", fields, { headers: { "x-forwarded-for": address } });
const countReports = async (id: string) => (await sql(stack, `select id from reports where image_id = '${id}'`)).length;

test("a visitor reports a shared file once, and learns nothing about other links", async () => {
  const { id, token } = await seedShared();
  expect((await openPage(stack, `/s/${token}`)).html).toContain(`href="/report/${token}"`);
  const unknown = "A".repeat(22);
  const withoutToken = (html: string, one: string) =>
    html.replaceAll(one, "").replace(/nonce="[^"]*"|"[^"]{20,}"/g, "");
  const [known, missing] = await Promise.all([token, unknown].map((one) => openPage(stack, `/report/${one}`)));
  expect([known?.status, missing?.status]).toEqual([200, 200]);
  expect(withoutToken(known?.html ?? "", token).length).toBe(withoutToken(missing?.html ?? "", unknown).length);

  expect((await send(token, "203.0.113.1")).location).toBe(`/report/${token}?result=sent`);
  expect((await send(unknown, "203.0.113.1")).location).toBe(`/report/${unknown}?result=sent`);
  await send(token, "203.0.113.1");
  expect(await countReports(id)).toBe(1);
  expect((await send(token, "203.0.113.1", { reason: "nothing", details: "" })).location).toContain("result=invalid");
  expect((await openPage(stack, `/report/${token}?result=sent`)).html).toContain("Your report was sent");
});

test("an administrator takes a reported file down, and its owner cannot share it again", async () => {
  const { id, token, api, share } = await seedShared();
  const details = `Report ${id}`;
  await send(token, "203.0.113.2", { ...report, details });
  const { html } = await openPage(stack, "/dashboard/admin/reports", admin);
  expect(html).toContain(details);
  expect(html).toContain(`/api/media/${id}?token=${token}`);
  const { location } = await sendForm(stack, "/dashboard/admin/reports", "End sharing", { id }, { user: admin });
  expect(location).toContain("take_down_media.done");
  expect((await openPage(stack, `/s/${token}`)).status).toBe(404);
  const refused = await share();
  expect([refused.status, await refused.json()]).toMatchObject([403, { type: "sharing_not_allowed" }]);
  const { results } = (await (await api.ask("/api/media")).json()) as { results: { sharing: string }[] };
  expect(results).toMatchObject([{ sharing: "taken_down", share_token: null }]);

  const resolved = "/dashboard/admin/reports?show=resolved";
  const allowed = await sendForm(stack, resolved, "Allow sharing again", { id }, { user: admin });
  expect(allowed.location).toContain("permit_sharing.done");
  expect((await share()).status).toBe(200);
});

test("with SHARING=off, nothing can be shared, and what was shared is not found", async () => {
  const { id, token, api } = await seedShared();
  const app = await startAnotherApp(stack, { SHARING: "off" });
  const ask = (path: string, method = "GET") => api.ask(new URL(path, app.appUrl).href, { method });
  try {
    const paths = [`/s/${token}`, `/api/media/${id}?token=${token}`];
    expect(await Promise.all(paths.map(async (path) => (await ask(path)).status))).toEqual([404, 404]);
    const refused = await ask(`/api/media/${id}/share`, "POST");
    expect([refused.status, await refused.json()]).toMatchObject([403, { type: "sharing_not_allowed" }]);
    expect(await (await ask("/api/media")).json()).toMatchObject({ results: [{ sharing: "off" }] });
    expect((await ask(`/api/media/${id}/share`, "DELETE")).status).toBe(204);
  } finally {
    await app.stop();
  }
});

test("the terms and the privacy page can be reached without an account", async () => {
  for (const [path, title] of [
    ["/terms", "Terms"],
    ["/privacy", "Privacy"],
  ] as const) {
    const { status, html } = await openPage(stack, path);
    expect([status, new RegExp(`<h1[^>]*>${title}</h1>`).test(html)]).toEqual([200, true]);
    for (const from of ["/", "/login"]) expect((await openPage(stack, from)).html).toContain(`href="${path}"`);
  }
});
