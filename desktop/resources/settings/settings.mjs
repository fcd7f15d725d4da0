/** The settings page: shows what is kept, saves what was typed, says what does not fit and where. */
const bridge = window.doorstepSettings
const form = document.getElementById('form')
const save = document.getElementById('save')
const doing = document.getElementById('doing')
const fields = form.elements

function showProblem(field, reason) {
  for (const name of ['serverUrl', 'updateFeedUrl', 'form']) {
    document.getElementById(`${name}-problem`).textContent = name === field ? reason : ''
    fields.namedItem(name)?.setAttribute('aria-invalid', String(name === field))
  }
  if (field && field !== 'form') fields.namedItem(field).focus()
}

async function fill() {
  const settings = await bridge.read()
  for (const [name, value] of Object.entries(settings)) {
    const field = fields.namedItem(name)
    if (typeof value === 'boolean') field.checked = value
    else field.value = value
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  showProblem()
  save.disabled = true
  doing.textContent = 'Asking the server …'
  try {
    const result = await bridge.save({
      serverUrl: fields.namedItem('serverUrl').value,
      theme: fields.namedItem('theme').value,
      notifications: fields.namedItem('notifications').checked,
      keepInTray: fields.namedItem('keepInTray').checked,
      updateFeedUrl: fields.namedItem('updateFeedUrl').value,
    })
    if (!result.ok) showProblem(result.field, result.reason)
  } catch (error) {
    showProblem('form', `They could not be kept: ${error.message}`)
  } finally {
    save.disabled = false
    doing.textContent = ''
  }
})

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') window.close()
})

await fill()
