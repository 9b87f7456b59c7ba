import { readFileSync, writeFileSync } from "node:fs";
import { createClient } from "@supabase/supabase-js";
const env = Object.fromEntries(readFileSync("/tmp/adm/dev/env","utf8").trim().split("\n").map(l=>{const i=l.indexOf("=");return [l.slice(0,i), JSON.parse(l.slice(i+1))]}));
const app = "http://localhost:4310";
const U = env.NEXT_PUBLIC_SUPABASE_URL, K = env.NEXT_PUBLIC_SUPABASE_PUBLISHABLE_KEY;
const signIn = async (email: string, password: string) => { const c = createClient(U, K, {auth:{persistSession:false}}); const {data,error} = await c.auth.signInWithPassword({email,password}); if (error) throw error; return { id: data.user!.id, token: data.session!.access_token, db: createClient(U,K,{auth:{persistSession:false}, global:{headers:{Authorization:`Bearer ${data.session!.access_token}`}}}) } };
const mara = await signIn("mara.lindqvist@example.com","correct horse battery");
const demo = await signIn(env.DEMO_EMAIL, env.DEMO_PASSWORD);
const blocked = await signIn("blocked.person@example.com","correct horse battery");
await fetch(app+"/dashboard/admin", { redirect: "manual", headers: { cookie: "" } });
const ask = (path: string, init: RequestInit = {}) => fetch(app+path, {...init, headers: {authorization: `Bearer ${mara.token}`, "content-type":"application/json"}});
const tokens: string[] = [];
for (const prompt of ["A harbour at night, film grain", "Portrait of a sailor by window light"]) {
  const p = await (await ask("/api/replicate", {method:"POST", body: JSON.stringify({input:{prompt, width:512, height:384, num_inference_steps:2}})})).json() as any;
  for (let i=0;i<60;i++){ const s = await (await ask(`/api/replicate/${p.id}`)).json() as any; if (s.saved_at) { const sh = await (await ask(`/api/media/${s.images[0].id}/share`, {method:"POST"})).json() as any; tokens.push(sh.share_token); break; } await new Promise(r=>setTimeout(r,500)); }
}
const service = createClient(U, env.SUPABASE_SECRET_KEY, {auth:{persistSession:false}});
for (const [t,r,d,w] of [[tokens[0],"copyright","This is my photograph from the series “Harbours”, published 2019. I did not allow a copy.","1"],[tokens[0],"other","","2"],[tokens[1],"personal_data","That is my uncle.","1"]] as const)
  console.log((await service.rpc("report_media",{p_token:t,p_reason:r,p_details:d,p_reporter:w})).error);
console.log(await demo.db.rpc("admin_access"), await service.rpc("seed_admin",{p_user: demo.id, p_email: env.DEMO_EMAIL}));
console.log(await demo.db.rpc("admin_access"));
console.log(await demo.db.rpc("set_user_limits",{p_user:mara.id,p_limits:{daily_images:500,daily_usd:20}}));
console.log(await demo.db.rpc("block_user",{p_user:blocked.id,p_reason:"Sells accounts. See the e-mail of 3 November."}));
writeFileSync("/tmp/adm/paths.json", JSON.stringify([["users","/dashboard/admin"],["search","/dashboard/admin?q=nobody"],["user",`/dashboard/admin/users/${mara.id}?notice=set_user_limits.done`],["blockeduser",`/dashboard/admin/users/${blocked.id}`],["self",`/dashboard/admin/users/${demo.id}`],["installation","/dashboard/admin/installation"],["reports","/dashboard/admin/reports"],["resolved","/dashboard/admin/reports?show=resolved"],["log","/dashboard/admin/log"],["shared",`/s/${tokens[0]}`],["report",`/report/${tokens[0]}`],["reportsent",`/report/${tokens[0]}?result=sent`],["terms","/terms"],["privacy","/privacy"],["landing","/"]]));
