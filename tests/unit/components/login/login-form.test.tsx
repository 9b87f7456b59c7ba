import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { LoginForm } from "@/components/login/login-form";
import type { LoginState } from "@/components/login/login-state";

afterEach(cleanup);

/** Fills in the form and sends it. `answers` are the responses of the server, in order. Returns the data of the sent forms. */
async function submit(...answers: Omit<LoginState, "email">[]) {
  const asked: FormData[] = [];
  const action = (_: LoginState, form: FormData) => {
    asked.push(form);
    return Promise.resolve({ email: form.get("email") as string, ...answers[asked.length - 1] });
  };
  const ways = { verb: "Sign in", password: "current-password", sentText: "We wrote to {email}." } as const;
  render(<LoginForm action={action} next="/dashboard/gallery" captcha={null} {...ways} />);
  await userEvent.type(screen.getByLabelText("E-mail"), "ann@example.com");
  await userEvent.type(screen.getByLabelText("Password"), "longer than eight");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  return asked;
}

test("it sends the fields and where to go next", async () => {
  const [form] = await submit({});
  expect(Object.fromEntries(form!)).toEqual({
    email: "ann@example.com",
    password: "longer than eight",
    next: "/dashboard/gallery",
  });
});

test("a field's problem is shown at the field, which gets the focus, and the e-mail stays", async () => {
  await submit({ problem: { field: "password", text: "Use at least 8 characters" } });
  const password = await screen.findByLabelText("Password", { selector: "[aria-invalid]" });
  const words = document.getElementById(password.getAttribute("aria-describedby") ?? "");
  expect(words?.textContent).toBe("Use at least 8 characters");
  expect(document.activeElement).toBe(password);
  expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("ann@example.com");
});

test("any other problem is announced, and gets the focus", async () => {
  await submit({ problem: { field: "form", text: "E-mail or password is wrong" } });
  const alert = await screen.findByRole("alert");
  expect(alert.textContent).toBe("E-mail or password is wrong");
  expect(document.activeElement).toBe(alert);
});

test("after an e-mail was requested, the form asks for the code, and keeps the address and the next page", async () => {
  const asked = await submit({ sent: { at: 1, wait: 0 } }, {});
  const status = await screen.findByRole("status");
  expect(status.textContent).toContain("We wrote to ann@example.com.");
  expect(document.activeElement).toBe(status);
  await userEvent.type(screen.getByLabelText("Code"), "123 456");
  await userEvent.click(screen.getByRole("button", { name: "Sign in" }));
  expect(Object.fromEntries(asked[1]!)).toMatchObject({
    step: "code",
    code: "123 456",
    email: "ann@example.com",
    next: "/dashboard/gallery",
  });
});

test("the e-mail can be sent again after a pause, which the button counts down", async () => {
  const asked = await submit({ sent: { at: 1, wait: 1 } }, {});
  expect((await screen.findByRole("button", { name: /^Send the e-mail again/ })).textContent).toBe(
    "Send the e-mail again in 1 s",
  );
  await userEvent.click(await screen.findByRole("button", { name: "Send the e-mail again" }, { timeout: 3_000 }));
  expect(Object.fromEntries(asked[1]!)).toMatchObject({ step: "resend", email: "ann@example.com" });
});
