import { Aperture, Boxes, Clock, Images } from "lucide-react";
import { NavLink } from "./nav-link";

const places = [
  { href: "/dashboard/generate", label: "Generate", Icon: Aperture },
  { href: "/dashboard/gallery", label: "Gallery", Icon: Images },
  { href: "/dashboard/models", label: "Models", Icon: Boxes },
  { href: "/dashboard/history", label: "History", Icon: Clock },
] as const;

/** The four places of the studio: a column in the rail, a row in the phone's bottom bar. Drawn on the server, icons and all. */
export function Nav() {
  return (
    <nav aria-label="Studio" className="flex min-w-0 flex-1 md:w-full md:flex-none md:flex-col md:gap-1">
      {places.map(({ href, label, Icon }) => (
        <NavLink key={href} href={href}>
          <Icon aria-hidden className="size-5" strokeWidth={1.5} />
          {label}
        </NavLink>
      ))}
    </nav>
  );
}
