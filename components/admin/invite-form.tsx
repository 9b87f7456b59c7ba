import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";

/** Invites a user by e-mail. `action` gets a form with the field `email`. */
export function InviteForm({ action }: { action: (form: FormData) => Promise<void> }) {
  return (
    <form action={action} className="flex w-full gap-2 sm:w-auto">
      <Input
        type="email"
        name="email"
        aria-label="E-mail address of the new user"
        placeholder="name@example.com"
        autoComplete="off"
        required
        maxLength={254}
        className="sm:w-60"
      />
      <Button type="submit">Invite</Button>
    </form>
  );
}
