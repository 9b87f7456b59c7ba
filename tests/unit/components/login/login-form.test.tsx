import { cleanup, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, test } from "vitest";
import { LoginForm, type LoginState } from "@/components/login/login-form";

afterEach(cleanup);

async function submit(answer: Omit<LoginState, "email">) {
  const asked: FormData[] = [];
  const action = (_: LoginState, form: FormData) => {
    asked.push(form);
    return Promise.resolve({ email: form.get("email") as string, ...answer });
  };
  render(<LoginForm action={action} next="/dashboard/gallery" verb="Sign in" password="current-password" />);
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

test("a field's problem is shown at the field, and the e-mail stays", async () => {
  await submit({ problem: { field: "password", text: "Use at least 8 characters" } });
  const password = await screen.findByLabelText("Password", { selector: "[aria-invalid]" });
  const words = document.getElementById(password.getAttribute("aria-describedby") ?? "");
  expect(words?.textContent).toBe("Use at least 8 characters");
  expect(screen.getByLabelText<HTMLInputElement>("E-mail").value).toBe("ann@example.com");
});

test("any other problem is announced", async () => {
  await submit({ problem: { field: "form", text: "E-mail or password is wrong" } });
  expect((await screen.findByRole("alert")).textContent).toBe("E-mail or password is wrong");
});

test("after an e-mail was sent, a message replaces the form", async () => {
  await submit({ sent: "Open the link we sent." });
  expect((await screen.findByRole("status")).textContent).toContain("Open the link we sent.");
  expect(screen.queryByLabelText("E-mail")).toBeNull();
});
