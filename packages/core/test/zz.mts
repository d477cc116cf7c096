import { SERVICES, actionsOf } from '@latchkey/core'
import { readTables } from '@latchkey/testkit'
const t=readTables(); const n=new Set([...t.rows,...t.closed].map(x=>x.name))
const c=new Set(SERVICES.flatMap(s=>actionsOf(s)).map(a=>`${a.service}.${a.action}`))
console.log([...n].filter(x=>!c.has(x)),[...c].filter(x=>!n.has(x)))
