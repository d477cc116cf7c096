import '../look/tokens.css'
import '../look/base.css'
import '../look/controls.css'
import '../look/parts.css'
import '../look/forced-colors.css'
import './offline.css'
import { render } from 'preact'
import { startTheme } from '../app/theme.ts'
import { startTicking } from '../connection/clock.ts'
import { OfflinePage } from './offline-page.tsx'
import { startPlaces } from './places.ts'

startTheme()
startTicking()
startPlaces()
const root = document.getElementById('app')
if (root !== null) render(<OfflinePage />, root)
