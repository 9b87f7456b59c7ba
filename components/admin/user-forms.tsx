import { Button } from "@/components/ui/button";
import { Field, fieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import type { AdminUser } from "@/lib/admin/schema";
import { Section } from "./admin-page";

/** A server action that gets a form with the id of a user in the field `user`. */
export type UserAction = (form: FormData) => Promise<void>;

/** The limits in the settings of the installation. They apply to every user for whom an administrator has set no limit. */
export type DefaultLimits = { images: number; usd: number; running: number; storageGb: number };

type LimitsFormProps = { user: AdminUser; defaults: DefaultLimits; action: UserAction };

/** A form for the limits of a user. If a field is empty, the limit in `defaults` applies to the user. */
export function LimitsForm({ user: { id, limits }, defaults, action }: LimitsFormProps) {
  const { daily_images, daily_usd, in_flight, storage_bytes } = limits;
  const fields = [
    {
      name: "daily_images",
      label: "Images a day",
      value: daily_images,
      hint: `Default: ${defaults.images}`,
      min: 0,
      step: 1,
    },
    {
      name: "daily_usd",
      label: "US dollars a day",
      value: daily_usd,
      hint: `Default: ${defaults.usd}`,
      min: 0,
      step: "any",
    },
    {
      name: "in_flight",
      label: "Simultaneous runs",
      value: in_flight,
      hint: `Default: ${defaults.running}`,
      min: 1,
      step: 1,
    },
    {
      name: "storage_gb",
      label: "Storage in GB",
      value: storage_bytes === null ? null : storage_bytes / 1e9,
      hint: `Default: ${defaults.storageGb}`,
      min: 0,
      step: "any",
    },
  ];
  return (
    <Section title="Limits" about="If a field is empty, the default limit applies.">
      <form action={action}>
        <input type="hidden" name="user" value={id} />
        <div className="grid max-w-3xl grid-cols-2 gap-4 md:grid-cols-4">
          {fields.map(({ name, label, value, hint, min, step }) => (
            <Field key={name} label={label} htmlFor={name} hint={hint}>
              <Input
                {...fieldProps(name, { hint })}
                key={value}
                name={name}
                type="number"
                inputMode="decimal"
                min={min}
                max={1e6}
                step={step}
                defaultValue={value ?? ""}
              />
            </Field>
          ))}
        </div>
        <Button type="submit" className="mt-4">
          Save limits
        </Button>
      </form>
    </Section>
  );
}

const reasonHint = "Only administrators see the reason.";

type AccessFormsProps = {
  user: AdminUser;
  isSelf: boolean;
  actions: { block: UserAction; unblock: UserAction; add: UserAction; remove: UserAction };
};

/** Forms to block or unblock a user, and to give or end the rights of an administrator. */
export function AccessForms({ user, isSelf, actions }: AccessFormsProps) {
  return (
    <>
      {user.is_blocked ? (
        <Section title="Unblock" about="Lets the user sign in again, and shows the shared pages of the user again.">
          <UserForm user={user} action={actions.unblock} label="Unblock" />
        </Section>
      ) : null}
      {user.is_admin ? null : (
        <Section
          title={user.is_blocked ? "Change the reason" : "Block"}
          about={
            user.is_blocked
              ? undefined
              : "Ends all sessions within five seconds, hides the shared pages of the user, and cancels what is running. Nothing is deleted."
          }
        >
          <form action={actions.block} className="flex max-w-xl flex-col items-start gap-4">
            <input type="hidden" name="user" value={user.id} />
            <div className="w-full">
              <Field label="Reason" htmlFor="reason" hint={reasonHint}>
                <Input
                  {...fieldProps("reason", { hint: reasonHint })}
                  name="reason"
                  required
                  maxLength={500}
                  defaultValue={user.blocked_reason ?? ""}
                />
              </Field>
            </div>
            <Button type="submit" variant={user.is_blocked ? "secondary" : "danger"}>
              {user.is_blocked ? "Save the reason" : "Block this user"}
            </Button>
          </form>
        </Section>
      )}
      {user.is_blocked && !user.is_admin ? null : (
        <Section
          title="Rights of an administrator"
          about="Administrators can see all users and change their limits. They cannot see prompts or files. To open the administration pages, they must have signed in within the last ten minutes."
        >
          {user.is_admin ? (
            <UserForm
              user={user}
              action={actions.remove}
              label={isSelf ? "End my own rights" : "End the rights of this administrator"}
            />
          ) : (
            <UserForm user={user} action={actions.add} label="Make administrator" />
          )}
        </Section>
      )}
    </>
  );
}

function UserForm({ user, action, label }: { user: AdminUser; action: UserAction; label: string }) {
  return (
    <form action={action}>
      <input type="hidden" name="user" value={user.id} />
      <Button type="submit">{label}</Button>
    </form>
  );
}
