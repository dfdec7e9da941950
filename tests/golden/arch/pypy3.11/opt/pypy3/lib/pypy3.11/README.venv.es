Paquetes de Python, de Arch Linux y de otros orígenes
=====================================================

Este archivo explica por qué instaladores como pip y uv se niegan a
modificar este Python y qué se puede hacer en su lugar. Se refiere a un
solo Python, el que se inicia con este comando:
    $ pypy3

En los ejemplos, no escriba el signo de dólar que aparece al principio
de una línea. Las líneas con sangría que no llevan el signo de dólar no
son comandos, sino opciones, ajustes o nombres de archivos. Los nombres
de paquetes, como requests y httpie, son ejemplos.

Por qué este Python rechaza las instalaciones
---------------------------------------------

Arch Linux administra este Python con su propio gestor de paquetes
(pacman). Los programas de Arch Linux dependen de los paquetes de este
Python. Si un instalador reemplazara o eliminara uno de esos paquetes,
podría hacer que tales programas dejaran de funcionar, así que se
detiene antes de modificar nada. No hay nada dañado, y no se ha
instalado ni eliminado nada.

Los entornos virtuales y las demás instalaciones de Python de este
equipo no se ven afectados. La regla no es exclusiva de Arch Linux, sino
que es una especificación para Python en general:
    https://peps.python.org/pep-0668/

Entornos virtuales
------------------

Un entorno virtual es un directorio con sus propios paquetes. Utiliza
este Python, pero fuera del directorio no cambia nada. Para crear un
entorno virtual e instalar un paquete en él:
    $ pypy3 -m venv .venv
    $ .venv/bin/pip install requests

Cree un entorno distinto para cada proyecto. Para eliminar un entorno,
elimine el directorio correspondiente:
    $ rm -r .venv

Ejecutar programas desde un entorno virtual
-------------------------------------------

Inicie sus programas con el Python del entorno, que encuentra los
paquetes por sí solo:
    $ .venv/bin/python app.py

Activar el entorno es opcional. Después de activarlo, los comandos
python y pip son los del entorno hasta que se cierre el intérprete de
comandos (sh, bash y zsh):
    $ . .venv/bin/activate
Lo mismo en el intérprete de comandos fish:
    $ source .venv/bin/activate.fish
Para salir del entorno:
    $ deactivate

Scripts, servicios y tareas programadas
---------------------------------------

Indique la ruta completa del Python del entorno virtual. No hace falta
activar el entorno virtual ni definir variables de entorno. Primera
línea de un script:
    #!/opt/venv/bin/python
En una unidad de systemd:
    ExecStart=/opt/venv/bin/python /opt/app/app.py
En un archivo crontab:
    15 4 * * * /opt/venv/bin/python /opt/app/app.py

Aplicaciones
------------

El programa pipx crea un entorno virtual propio para cada aplicación y
deja disponibles los comandos de la aplicación (se necesita el paquete
python-pipx):
    $ pipx install httpie

Si después no se encuentran los comandos, ejecute esto una vez y vuelva
a iniciar sesión:
    $ pipx ensurepath
Para actualizar todas las aplicaciones instaladas de esta manera:
    $ pipx upgrade-all
Para ejecutar una aplicación una sola vez, sin instalarla:
    $ pipx run cowsay -t hi
Para instalar una aplicación para todos los usuarios (como root):
    $ pipx install --global httpie

Aplicaciones con complementos
-----------------------------

Un complemento debe instalarse en el entorno virtual de la aplicación a
la que pertenece:
    $ pipx inject httpie httpie-jwt-auth
Una aplicación que instala sus complementos por sí misma necesita un
entorno en el que pueda escribir, así que instale también esa aplicación
con pipx.

Instalaciones de usuario y otros directorios
--------------------------------------------

Las instalaciones en su directorio personal también se rechazan, porque
las usarían todos los programas que usted ejecute con este Python:
    --user
Los ajustes que activan o desactivan las instalaciones de usuario no
cambian esto:
    PYTHONNOUSERSITE=1
Las instalaciones en un directorio que usted indique no se rechazan:
    --target
    --prefix
    --root
Nadie comprueba dónde está ese directorio, así que asegúrese de que no
sea uno que utilice el sistema.

Contenedores
------------

Cree el entorno virtual en una ubicación fija y póngalo al principio de
la ruta de búsqueda de comandos. En un Dockerfile o Containerfile:
    RUN pypy3 -m venv /opt/venv
    ENV PATH="/opt/venv/bin:$PATH"
    RUN pip install requests
Un entorno virtual vale la pena incluso ahí: lo que usted instale no
puede dañar los programas de Arch Linux, y una actualización de
Arch Linux no puede deshacer lo que usted instaló. Los analizadores de
seguridad informan de los paquetes del entorno además de los de
Arch Linux.

Tanto sudo como los intérpretes de comandos de inicio de sesión
restablecen la ruta de búsqueda. En esos casos, indique la ruta completa
o transmita la ruta de búsqueda:
    $ sudo /opt/venv/bin/python app.py
    $ sudo env "PATH=$PATH" python app.py

Si el contenedor se ejecuta con un identificador de usuario arbitrario,
un entorno virtual que pertenece a root sigue funcionando. Solo si ese
usuario tiene que instalar paquetes mientras el contenedor está en
ejecución, ejecute esto al construir la imagen:
    $ chgrp -R 0 /opt/venv && chmod -R g=u /opt/venv

Si copia un entorno virtual de una etapa de construcción a otra,
conserve la misma ruta y la misma versión de Python. En otra ruta, los
comandos del entorno no se inician.

El Python de un entorno puede crear otros entornos, que no dependen del
primero.

La mayor parte del tamaño de un entorno virtual nuevo corresponde a la
copia de pip que contiene. Para prescindir de ella, use un pip de fuera
del entorno:
    $ pypy3 -m venv --without-pip /opt/venv
    $ pip --python /opt/venv/bin/python install requests

Los programas que no tienen en cuenta la ruta de búsqueda a menudo
respetan esta variable:
    VIRTUAL_ENV=/opt/venv

La regla no afecta a una imagen que trae un Python propio que no
proviene de Arch Linux.

Desactivar la protección
------------------------

La protección consiste en un archivo que los instaladores buscan:
    /opt/pypy3/lib/pypy3.11/EXTERNALLY-MANAGED
Si simplemente lo elimina, vuelve a aparecer cuando se actualiza o se
reinstala el paquete que lo contiene.

Para imágenes y para todas las versiones posteriores de Python: una
línea en el archivo siguiente impide que el gestor de paquetes
desempaquete la protección. Añada la línea antes de que se instale
Python:
    /etc/pacman.conf
    [options]
    NoExtract = opt/pypy3/lib/pypy3*/EXTERNALLY-MANAGED

Quien construya una imagen para otras personas debería mantener la
protección, ya que los usuarios de esa imagen son quienes más se
benefician de ella.

Cómo anular el rechazo y qué riesgo conlleva
--------------------------------------------

Esta opción de pip y de uv anula el rechazo una sola vez:
    --break-system-packages
Los programas de Arch Linux pueden dejar de funcionar, y también el
propio gestor de paquetes. Use esta opción solo en un sistema del que
pueda prescindir, como una imagen que pueda volver a construir.

Lo mismo para todo lo que se ejecute en un intérprete de comandos o en
una imagen (solo pip):
    PIP_BREAK_SYSTEM_PACKAGES=1
Lo mismo para todos los usuarios, hasta que lo deshaga con el segundo
comando (solo pip, como root):
    $ pip config --global set global.break-system-packages true
    $ pip config --global unset global.break-system-packages
Para encontrar ajustes de este tipo que hayan quedado olvidados:
    $ pip config list
Para encontrar la opción en scripts:
    $ grep -rn break-system-packages .

Solución de problemas
---------------------

Vea primero qué pip se ejecuta y para qué Python:
    $ pip --version
Un pip anterior a la versión 23.0 no conoce la protección y modifica
este Python sin avisar.

Si aparece el rechazo aunque haya un entorno virtual activo, es probable
que el entorno se haya movido o haya cambiado de nombre: su propio pip
ya no se inicia y en su lugar se ejecuta otro. Vuelva a crear el entorno
en la nueva ubicación:
    $ .venv/bin/python -m pip freeze > requirements.txt
    $ pypy3 -m venv --clear .venv
    $ .venv/bin/pip install -r requirements.txt

No copie entornos virtuales: el pip de la copia instala los paquetes en
el entorno original. En un sistema de archivos que no permite ejecutar
programas (noexec), un entorno activo también lleva al rechazo. Cree el
entorno en otro lugar. Si no tiene permiso para escribir en un entorno,
consulte a la persona que lo creó, o bien cree uno propio.

Un entorno virtual pertenece al Python con el que se creó: cree uno
nuevo para PyPy, aunque ya tenga uno para CPython. Algunos paquetes con
partes compiladas solo se ofrecen para CPython. En ese caso, pip
necesita un compilador para compilarlos para PyPy.
