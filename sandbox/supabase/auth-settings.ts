import { join } from "node:path";
import { productName } from "../../lib/config.ts";
import type { Secrets } from "../start/secrets.ts";

/** The settings of supabase/config.toml, except that a new account needs no confirmation by mail. */
export function createAuthSettings(secrets: Secrets, siteUrl: string, templates: string) {
  const template = (subject: string, file: string) => ({ subject, content_path: join(templates, file) });
  return {
    enabled: true,
    jwt_secret: secrets.jwtSecret,
    publishable_key: secrets.publishableKey,
    secret_key: secrets.secretKey,
    site_url: siteUrl,
    minimum_password_length: 8,
    email: {
      enable_confirmations: false,
      template: {
        magic_link: template(`Sign in to ${productName}`, "magic_link.html"),
        confirmation: template("Confirm your e-mail address", "confirmation.html"),
      },
    },
  };
}
