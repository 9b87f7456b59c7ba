import { expect, test } from "vitest";
import { connect, createUser, signIn } from "../support/users";
import { sendRequest, stack } from "./support/send-request";
import { readForms, submitForm } from "./support/forms";

const sender = { headers: { origin: stack.appUrl } };

test("signing out ends this session, and no other of the same user", async () => {
  const user = await createUser(stack);
  const elsewhere = await signIn(stack, user.email, user.password);
  // Sends all forms of a page for signed-in users. One of them is the sign-out form.
  for (const form of await readForms("/dashboard/models", user)) {
    await sendRequest(submitForm(form, { theme: "dark" }, { ...sender, in: user }));
  }
  const refresh = (session: typeof user) => connect(stack).auth.refreshSession({ refresh_token: session.refreshToken });
  expect((await refresh(user)).data.session).toBeNull();
  expect((await refresh(elsewhere)).data.session?.user.id).toBe(user.id);
});

test("signing in replaces a session that an attacker planted", async () => {
  const [attacker, victim] = [await createUser(stack), await createUser(stack)];
  const [, form] = await readForms("/login");
  if (!form) throw new Error("The page has no form.");
  const { email, password } = victim;
  const answer = await sendRequest(submitForm(form, { email, password }, { ...sender, in: attacker }));
  expect(answer.status).toBe(303);
  const cookie = answer.headers
    .getSetCookie()
    .map((text) => text.split(";")[0])
    .join("; ");
  const { text } = await sendRequest({ path: "/dashboard/history", headers: { cookie } });
  expect([text.includes(victim.email), text.includes(attacker.email)]).toEqual([true, false]);
});
