// The entry: what the process calls. It is handed out once, before any program runs, and nothing inside can reach it.
const AsyncFunction = getPrototypeOf(async () => {}).constructor
const faultOf = (error) => {
    let name = 'Error'
    let message = ''
    try {
        if (typeof error === 'object' && error !== null) {
            name = text(error.name ?? 'Error')
            message = text(error.message ?? '')
        } else message = text(error)
    } catch {
        message = 'the error cannot be shown'
    }
    return `${message.slice(0, 500)} (${name.slice(0, 60)})`
}
const start = async (code, values) => {
    const [globals, absent] = parse(values)
    for (const name of [...Object.keys(globals), ...absent]) {
        defineProperty(globalThis, name, { value: globals[name], writable: true, configurable: true, enumerable: true })
    }
    // Here, under the clock, and not by whoever reads it outside: getters, proxies and toJSON are the program's.
    let kind = 'value'
    let outcome = ''
    try {
        const result = await new AsyncFunction(code)()
        outcome = stringify(typeof result === 'bigint' ? text(result) : result) ?? ''
    } catch (error) {
        kind = 'error'
        outcome = faultOf(error)
    }
    host('logs', logs)
    host(kind, outcome)
}
return { start, settle: (id, outcome, body) => settle(Number(id), outcome, body) }
