import { Aperture, Boxes, Clock, Images } from "lucide-react";
import { navigation } from "@/lib/config";
import { NavLink } from "./nav-link";

const icons = {
  "/dashboard/generate": Aperture,
  "/dashboard/gallery": Images,
  "/dashboard/models": Boxes,
  "/dashboard/history": Clock,
};

/** The pages of the studio: a column in the sidebar on desktop, a row in the bottom bar on phones. */
export function Nav() {
  return (
    <nav aria-label="Studio" className="flex min-w-0 flex-1 md:w-full md:flex-none md:flex-col md:gap-1">
      {navigation.map(({ href, label }) => {
        const Icon = icons[href];
        return (
          <NavLink key={href} href={href}>
            <Icon aria-hidden className="size-5" strokeWidth={1.5} />
            {label}
          </NavLink>
        );
      })}
    </nav>
  );
}
