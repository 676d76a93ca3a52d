'use strict';

/* Draws the charts, keeps what is open open while a page is refreshed, and sends no form twice. */
(() => {
    const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

    function bars(canvas) {
        const picture = JSON.parse(canvas.dataset.picture);
        const part = (label, data, name) => ({ label, data, backgroundColor: colour(name), stack: 'all' });
        canvas.parentElement.style.height = `${5 + 1.8 * Math.max(2, picture.labels.length)}rem`;
        new Chart(canvas, {
            type: 'bar',
            data: {
                labels: picture.labels,
                datasets: [
                    part('The person\'s', picture.subject, '--bar-subject'),
                    part('Others\'', picture.others, '--bar-others'),
                    part('Unknown', picture.unknown, '--bar-unknown'),
                ],
            },
            options: {
                indexAxis: 'y',
                animation: false,
                maintainAspectRatio: false,
                scales: {
                    x: { stacked: true, ticks: { color: colour('--dim'), precision: 0 }, grid: { color: colour('--line') } },
                    y: {
                        stacked: true,
                        grid: { display: false },
                        ticks: {
                            color: colour('--ink'),
                            callback(value) {
                                const label = this.getLabelForValue(value);
                                const most = canvas.clientWidth < 600 ? 18 : 60;
                                return label.length > most ? `…${label.slice(-most)}` : label;
                            },
                        },
                    },
                },
                plugins: { legend: { labels: { color: colour('--ink') } } },
            },
        });
    }

    function spark(canvas) {
        const points = JSON.parse(canvas.dataset.points);
        new Chart(canvas, {
            type: 'line',
            data: {
                labels: points.map((point, index) => index),
                datasets: [{ data: points, borderColor: colour('--bar-subject'), borderWidth: 2, pointRadius: points.length < 2 ? 2 : 0, fill: false, tension: 0.2 }],
            },
            options: {
                animation: false,
                maintainAspectRatio: false,
                events: [],
                scales: { x: { display: false }, y: { display: false, beginAtZero: true } },
                plugins: { legend: { display: false } },
            },
        });
    }

    const charts = { blast: bars, spark };

    document.addEventListener('DOMContentLoaded', () => {
        document.querySelectorAll('canvas[data-chart]').forEach(canvas => charts[canvas.dataset.chart](canvas));
    });

    document.addEventListener('submit', event => {
        const sent = event.target;
        if (sent.method !== 'post') {
            return;
        }
        if (sent.dataset.sent) {
            event.preventDefault();
            return;
        }
        sent.dataset.sent = 'yes';
        sent.querySelectorAll('button').forEach(button => { button.disabled = true; });
    });

    document.addEventListener('change', event => {
        const { files, dataset } = event.target;
        if (files && dataset.most) {
            const large = files[0] && files[0].size > Number(dataset.most);
            event.target.setCustomValidity(large ? 'The file must not exceed 5 MB.' : '');
        }
    });

    // Whoever comes back to a page by the browser's history may send its forms anew.
    window.addEventListener('pageshow', event => {
        if (event.persisted) {
            document.querySelectorAll('form[data-sent]').forEach(form => {
                delete form.dataset.sent;
                form.querySelectorAll('button').forEach(button => { button.disabled = false; });
            });
        }
    });

    // Whoever is filling in a form keeps it.
    document.addEventListener('htmx:oobBeforeSwap', event => {
        if (event.detail.target.querySelector('details[open]')) {
            event.detail.shouldSwap = false;
        }
    });

    let open = [];
    document.addEventListener('htmx:beforeSwap', event => {
        open = event.detail.target.id === 'live'
            ? Array.from(document.querySelectorAll('#live details[open]'), details => details.id)
            : [];
    });
    document.addEventListener('htmx:afterSwap', () => {
        open.forEach(id => { document.getElementById(id)?.setAttribute('open', ''); });
    });
})();
